using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Who stands behind each pseudonym, by the table, against what the events disclose. All actors are kept in memory: there are as many as
/// people and programs, not as many as events.
/// </summary>
internal sealed class ActorBook
{
    private readonly Dictionary<string, Row> _actors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Reads the table.</summary>
    public static async Task<ActorBook> ReadAsync(ILedgerSnapshot snapshot, CancellationToken cancellationToken)
    {
        var book = new ActorBook();
        await foreach (var rows in snapshot.ReadAsync(LedgerTable.Actor, long.MinValue, long.MaxValue, cancellationToken))
        {
            using (rows)
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    book._actors[rows.Text(row, 0)!] = new Row(rows.Text(row, 1)!, rows.Text(row, 2)!, rows.Text(row, 3));
                }
            }
        }

        return book;
    }

    /// <summary>An event of an actor.</summary>
    /// <param name="leaf">Its leaf.</param>
    /// <param name="actorRef">Pseudonym.</param>
    /// <param name="actor">As disclosed; null when the id is erased.</param>
    /// <param name="findings">Where problems go.</param>
    /// <param name="explanations">What was erased.</param>
    public void At(LeafAt leaf, string actorRef, AuditActor? actor, Findings findings, Explanations explanations)
    {
        if (actor is null)
        {
            if (_actors.TryGetValue(actorRef, out var known))
            {
                (known.IsSeen, known.IsNamed) = (true, true);
            }

            return;
        }

        if (!_actors.TryGetValue(actorRef, out var row))
        {
            if (!explanations.IsErased(actorRef) && _reported.Add(actorRef))
            {
                findings.Add(leaf.Problem(
                    VerifyProblemKind.ActorChanged, $"The row of the actor {actorRef} is gone, and no decision to erase it is in the log.", $"{AuditWords.Of(actor.Type)} {actor.Id}"));
            }

            return;
        }

        row.IsSeen = true;
        row.IsNamed |= row.DisplayName == actor.DisplayName;
        if ((row.Type != AuditWords.Of(actor.Type) || row.Id != actor.Id) && _reported.Add(actorRef))
        {
            findings.Add(leaf.Problem(
                VerifyProblemKind.ActorChanged, $"The row of the actor {actorRef} names somebody else than the events do.", $"{AuditWords.Of(actor.Type)} {actor.Id}", $"{row.Type} {row.Id}"));
        }
    }

    /// <summary>After the last leaf.</summary>
    /// <param name="findings">Where problems go.</param>
    /// <param name="isPruned">True when events were pruned: an actor may then have been named by those alone.</param>
    public void End(Findings findings, bool isPruned)
    {
        if (isPruned)
        {
            return;
        }

        foreach (var (actorRef, row) in _actors.OrderBy(static a => a.Key, StringComparer.Ordinal))
        {
            if (_reported.Contains(actorRef) || (row.IsSeen && row.IsNamed))
            {
                continue;
            }

            findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.ActorChanged,
                Sentence = row.IsSeen
                    ? $"The row of the actor {actorRef} has a name that no event of that actor gives."
                    : $"The table of actors has {row.Type} {row.Id} as {actorRef}, which no event names.",
                Found = row.IsSeen ? row.DisplayName : $"{row.Type} {row.Id}",
            });
        }
    }

    private sealed class Row(string type, string id, string? displayName)
    {
        public string Type => type;

        public string Id => id;

        public string? DisplayName => displayName;

        public bool IsSeen { get; set; }

        public bool IsNamed { get; set; }
    }
}
