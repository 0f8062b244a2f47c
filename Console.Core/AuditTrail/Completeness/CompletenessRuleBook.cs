using System.Text.Json;
using OpsConsole.Core.Access;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>
/// The rules of each service. They decide what counts as complete, so they are kept where nobody can change them unseen: each setting
/// is an event of the audit trail itself, and the latest one counts.
/// </summary>
public sealed class CompletenessRuleBook(IAuditReader reader, IAuditTrail trail, ActEvents acts)
{
    /// <summary>The kind of resource that a service is in events.</summary>
    public const string ResourceType = "run.service";

    /// <summary>A service as the resource of an event.</summary>
    public static AuditResource Resource(ServiceRef service) =>
        new() { Type = ResourceType, Id = ResourceName.Service(service.Project, service.Location, service.Service).Value, Name = service.Service, Project = service.Project, Location = service.Location };

    /// <summary>The rules that count for a service now.</summary>
    /// <exception cref="AuditUnavailableException">They cannot be read.</exception>
    public async Task<KnownRules> FindAsync(ServiceRef service, CancellationToken cancellationToken)
    {
        var latest = KnownRules.Default;
        var sequence = -1L;
        var query = new AuditQuery { Actions = [AuditActions.CompletenessRules], ResourceTypes = [ResourceType], ResourceIds = [Resource(service).Id!], Workspaces = [service.Project] };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            if (record.Position.Sequence > sequence && record.Event is { Outcome: AuditOutcome.Success, After: { } after } && CompletenessRules.FromJson(after.GetRawText()) is { Problems.Count: 0 } rules)
            {
                latest = new KnownRules(rules, record.Event.Actor.DisplayName ?? record.Event.Actor.Id, record.Position.RecordedAt);
                sequence = record.Position.Sequence;
            }
        }

        return latest;
    }

    /// <summary>Sets them.</summary>
    /// <param name="actor">Who; the permission is checked here.</param>
    /// <param name="service">Of which service.</param>
    /// <param name="before">What counted so far, for the record.</param>
    /// <param name="rules">What shall count.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What counts now, or why not.</returns>
    public async Task<(KnownRules? Rules, string? Refused)> SetAsync(
        Actor actor, ServiceRef service, CompletenessRules before, CompletenessRules rules, CancellationToken cancellationToken)
    {
        if (!actor.MayRead(Permission.VerifyAudit, service.Project))
        {
            return (null, $"{actor.DisplayName} may not set these rules: it needs the role {string.Join(" or ", Permissions.RolesWith(Permission.VerifyAudit))}.");
        }

        if (rules.Problems is [var problem, ..])
        {
            return (null, problem);
        }

        try
        {
            var set = acts.Of(actor, AuditActions.CompletenessRules, AuditOutcome.Success, service.Project) with
            {
                Resource = Resource(service),
                Before = Json(before),
                After = Json(rules),
            };
            var receipt = await trail.RecordAsync(set, cancellationToken);
            return (new KnownRules(rules, actor.DisplayName, receipt.RecordedAt), null);
        }
        catch (AuditUnavailableException e)
        {
            return (null, e.Message);
        }
    }

    private static JsonElement Json(CompletenessRules rules) => JsonElement.Parse(rules.ToJson());
}
