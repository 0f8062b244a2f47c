using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Web.Access;

/// <summary>Puts on the record that somebody asked for what none of their roles includes. What was denied stays denied when that fails.</summary>
internal sealed class Denials(IAuditTrail trail, ActEvents acts, ILogger<Denials> logger)
{
    /// <summary>Records that a request was denied.</summary>
    public static async Task RecordAsync(HttpContext context)
    {
        if (ActorClaims.ToActor(context.User) is { } actor)
        {
            await context.RequestServices.GetRequiredService<Denials>().RecordAsync(actor, context.Request.Path, context.RequestAborted);
        }
    }

    /// <summary>Records one denial.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="what">The path that was asked for, without its query: that may hold anything.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task RecordAsync(Actor actor, string what, CancellationToken cancellationToken)
    {
        var resource = new AuditResource { Type = "console.page", Id = what.Length > 1000 ? what[..1000] : what };
        try
        {
            await trail.RecordAsync(
                acts.Of(actor, AuditActions.AccessDenied, AuditOutcome.Denied) with { Resource = resource, Reason = Why(actor) },
                cancellationToken);
        }
        catch (AuditUnavailableException e)
        {
            Log.DenialNotRecorded(logger, resource.Id, e.Message);
        }
    }

    /// <summary>Why, in a sentence.</summary>
    public static string Why(Actor actor) =>
        actor.Standing?.WhyOver ?? (actor.Roles.Count == 0 ? "No role was given." : $"None of the roles {string.Join(", ", actor.Roles)} includes it there.");
}
