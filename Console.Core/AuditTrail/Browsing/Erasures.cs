using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>
/// Finds who had the personal fields of an event erased. Decisions name what they erased as their resource: <c>audit.actor</c> with the
/// actor's pseudonym, or <c>audit.event</c> with <c>workspace/id</c>; their details name who asked as <c>requestedBy</c>.
/// </summary>
public sealed class Erasures(IAuditReader reader)
{
    /// <summary>The latest decision about an event; null where nothing of it was erased, or no decision names it.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<Erasure?> OfAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        if (record.Erased.Count == 0)
        {
            return null;
        }

        var query = new AuditQuery
        {
            Actions = [AuditActions.EraseDecision],
            Outcomes = [AuditOutcome.Success],
            ResourceIds = [$"{record.Event.Workspace}/{record.Event.Id}", .. record.ActorRef is { } actor ? [actor] : Array.Empty<string>()],
        };
        AuditRecord? latest = null;
        await foreach (var decision in reader.OwnActsAsync(query, cancellationToken))
        {
            latest = latest is null || decision.Position.Sequence > latest.Position.Sequence ? decision : latest;
        }

        return latest is null ? null : new Erasure(
            latest.Position.RecordedAt, RequestedBy(latest.Event) ?? latest.Event.Actor.Id, latest.Event.Actor.Id, latest.Event.Workspace, latest.Event.Id);
    }

    private static string? RequestedBy(AuditEvent decision) =>
        decision.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("requestedBy", out var by) && by.ValueKind == JsonValueKind.String
            ? by.GetString()
            : null;
}
