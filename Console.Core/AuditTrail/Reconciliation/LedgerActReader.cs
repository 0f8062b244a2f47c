using System.Text.Json;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>
/// Reads changes out of this audit trail: an intent (<see cref="AuditActions.ChangeIntent"/>) and the outcome whose details name it.
/// The resource's id is the full name of the service or worker pool.
/// </summary>
public static class LedgerActReader
{
    /// <summary>Reads events in any order; what is no change is passed over.</summary>
    public static IReadOnlyList<LedgerAct> Read(IEnumerable<AuditRecord> records)
    {
        Dictionary<(string Workspace, string Id), LedgerAct> acts = [];
        List<AuditRecord> outcomes = [];
        foreach (var record in records)
        {
            if (record.Event.Action == AuditActions.ChangeOutcome)
            {
                outcomes.Add(record);
            }
            else if (record.Event.Action == AuditActions.ChangeIntent && KeyOf(record.Event) is { } key)
            {
                var intent = record.Event;
                acts[(intent.Workspace, intent.Id)] = new LedgerAct
                {
                    Key = key,
                    Workspace = intent.Workspace,
                    IntentId = intent.Id,
                    Actor = intent.Actor.Id,
                    Title = Text(intent.Details, "title"),
                    Reason = intent.Reason ?? "",
                    At = intent.Time,
                };
            }
        }

        foreach (var outcome in outcomes.Select(static r => r.Event))
        {
            var intent = Text(outcome.Details, "intent");
            var id = (outcome.Workspace, intent);
            if (!acts.TryGetValue(id, out var act))
            {
                // Its intent lies before the time that was read, or is gone: the outcome speaks for both.
                if (KeyOf(outcome) is not { } key)
                {
                    continue;
                }

                id = (outcome.Workspace, intent.Length > 0 ? intent : outcome.Id);
                act = new LedgerAct { Key = key, Workspace = outcome.Workspace, IntentId = intent, Actor = outcome.Actor.Id, At = outcome.Time };
            }

            acts[id] = act with
            {
                OutcomeId = outcome.Id,
                Outcome = outcome.Outcome,
                Operation = Text(outcome.Details, "operation"),
                Revision = ResourceName.ShortName(Text(outcome.Details, "revision")),
            };
        }

        return [.. acts.Values.OrderBy(static a => a.At)];
    }

    private static BookKey? KeyOf(AuditEvent auditEvent) =>
        ResourceName.TryParse(auditEvent.Resource?.Id, out var name) && name.Collection is "services" or "workerPools"
            ? new BookKey(name.Collection, name.Project, name.Location, name.Id)
            : null;

    private static string Text(JsonElement? details, string name) =>
        details is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
