using System.Globalization;
using OpsConsole.Core.AuditTrail.Leaves;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// What the log itself says was taken away on purpose: personal fields by decisions to erase, the bytes of old events by pruning. Both name
/// what they did as their resource, which stands in clear in the leaf: <c>audit.actor</c> with a pseudonym, <c>audit.event</c> with
/// <c>workspace/id</c>, <c>audit.log</c> with the index below which was pruned.
/// </summary>
internal sealed class Explanations
{
    private readonly HashSet<string> _actors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);

    /// <summary>Leaves below this index may have no bytes.</summary>
    public long PrunedBelow { get; private set; }

    /// <summary>Decisions that were carried out.</summary>
    public int Erasures => _actors.Count + _events.Count;

    /// <summary>Reads them.</summary>
    public static async Task<Explanations> ReadAsync(ILedgerSnapshot snapshot, CancellationToken cancellationToken)
    {
        var found = new Explanations();
        foreach (var action in (string[])[AuditActions.EraseDecision, AuditActions.Prune])
        {
            await foreach (var rows in snapshot.WithActionAsync(action, cancellationToken))
            {
                using (rows)
                {
                    for (var row = 0; row < rows.Count; row++)
                    {
                        // The column may say anything: the leaf decides, and the leaf is verified with all others.
                        if (LeafReader.TryRead(rows.Bytes(row, 2), out var leaf, out _) && leaf is EventLeaf { Outcome: AuditOutcome.Success, Resource: { Id: { } id } resource } e)
                        {
                            found.Take(e.Action, resource.Type, id);
                        }
                    }
                }
            }
        }

        return found;
    }

    /// <summary>True when the fields of an event, or all that its actor did, were erased.</summary>
    public bool IsErased(string? workspace, string? id, string? actorRef) =>
        Erasures > 0 && (_events.Contains($"{workspace}/{id}") || IsErased(actorRef));

    /// <summary>True when an actor was erased.</summary>
    public bool IsErased(string? actorRef) => actorRef is not null && _actors.Contains(actorRef);

    private void Take(string action, string type, string id)
    {
        switch (action, type)
        {
            case (AuditActions.EraseDecision, "audit.actor"):
                _actors.Add(id);
                break;
            case (AuditActions.EraseDecision, "audit.event"):
                _events.Add(id);
                break;
            case (AuditActions.Prune, "audit.log") when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var below):
                PrunedBelow = Math.Max(PrunedBelow, below);
                break;
            default:
                break;
        }
    }
}
