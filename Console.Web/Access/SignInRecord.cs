using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Web.Access;

/// <summary>Puts sign-ins, failed ones too, and sign-outs on the record.</summary>
internal sealed class SignInRecord(IAuditTrail trail, ActEvents acts, ILogger<SignInRecord> logger)
{
    // Whoever fails to sign in is nobody yet: what they typed is a secret or a guess, and is not kept.
    private static readonly Actor Nobody = new("unknown", "unknown", []);

    /// <summary>Records a sign-in that is about to happen; false when that failed, and it must not happen.</summary>
    public async Task<bool> SignedInAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            await trail.RecordAsync(
                acts.Of(actor, AuditActions.SignIn, AuditOutcome.Success) with { Details = ActEvents.Details(new { roles = actor.Roles.Select(static r => r.ToString()) }) },
                cancellationToken);
            return true;
        }
        catch (AuditUnavailableException e)
        {
            Log.SignInNotRecorded(logger, e.Message);
            return false;
        }
    }

    /// <summary>Records a sign-in that failed or was refused. It stays so when this cannot be recorded.</summary>
    public async Task RefusedAsync(HttpContext context, AuditOutcome outcome, string why)
    {
        try
        {
            await trail.RecordAsync(
                acts.Of(Nobody with { Origin = OriginClaims.Of(context) }, AuditActions.SignIn, outcome) with { Reason = why }, context.RequestAborted);
        }
        catch (AuditUnavailableException e)
        {
            Log.SignInNotRecorded(logger, e.Message);
        }
    }

    /// <summary>
    /// Records a sign-out. The one act that happens even without its record: to end a session is the closed state, and to keep somebody
    /// signed in on a shared machine because a database is down would be worse than the gap, which the log names.
    /// </summary>
    public async Task SignedOutAsync(Actor actor)
    {
        try
        {
            await trail.RecordAsync(acts.Of(actor, AuditActions.SignOut, AuditOutcome.Success), CancellationToken.None);
        }
        catch (AuditUnavailableException e)
        {
            Log.SignOutNotRecorded(logger, e.Message);
        }
    }
}
