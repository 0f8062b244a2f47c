using System.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>Makes leaves of what waits. Whatever was committed becomes a leaf, also what cannot be read: nothing may stop the log.</summary>
internal sealed class LeafBatch
{
    // Fewer are not worth a second thread.
    private const int Share = 512;
    private readonly LeafBuilder _builder = new();
    private readonly LeafBuilder[] _builders = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 8)).Select(static _ => new LeafBuilder())];

    /// <summary>Reads the events of rows.</summary>
    public static IReadOnlyList<AuditEvent> Read(IReadOnlyList<InboxRow> rows)
    {
        var events = new AuditEvent[rows.Count];
        InShares(rows.Count, int.MaxValue, (_, from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                events[i] = AuditEventReader.ReadStored(rows[i].Body, rows[i].Workspace, rows[i].Id, rows[i].RecordedAt);
            }
        });
        return events;
    }

    /// <summary>The actors of events, each once, with the name at its first event.</summary>
    public static IReadOnlyDictionary<ActorKey, string?> Actors(IReadOnlyList<AuditEvent> events)
    {
        var actors = new Dictionary<ActorKey, string?>();
        foreach (var e in events)
        {
            actors.TryAdd(new ActorKey(e.Actor.Type, e.Actor.Id), e.Actor.DisplayName);
        }

        return actors;
    }

    /// <summary>A fresh pseudonym.</summary>
    public string NewRef() => _builder.NewActorRef();

    /// <summary>The leaves of events, in their order.</summary>
    public SealLeaf[] Events(IReadOnlyList<InboxRow> rows, IReadOnlyList<AuditEvent> events, IReadOnlyDictionary<ActorKey, string> refs)
    {
        var leaves = new SealLeaf[rows.Count];
        InShares(rows.Count, _builders.Length, (share, from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                leaves[i] = Event(_builders[share], rows[i], events[i], refs[new ActorKey(events[i].Actor.Type, events[i].Actor.Id)]);
            }
        });
        return leaves;
    }

    private static SealLeaf Event(LeafBuilder builder, in InboxRow row, AuditEvent e, string actorRef)
    {
        BuiltLeaf built;
        var position = new LeafPosition(row.Sequence, row.RecordedAt, row.Via, row.AppendedBy, actorRef);
        try
        {
            built = builder.Build(e, position);
        }
        catch (ArgumentException problem)
        {
            built = builder.Build(Stripped(e, row, problem.Message), position);
        }

        return new SealLeaf(row.Sequence, TreeHasher.Leaf(built.Bytes), built.Bytes, built.Disclosures, null);
    }

    /// <summary>The leaf of numbers that nothing has.</summary>
    public SealLeaf Void(long from, long to, DateTimeOffset now)
    {
        var bytes = _builder.Build(new VoidLeaf(from, to, now));
        return new SealLeaf(null, TreeHasher.Leaf(bytes), bytes, [], (from, to));
    }

    /// <summary>The leaf of an event that was taken away.</summary>
    public SealLeaf Missing(AuditReceipt receipt, DateTimeOffset now)
    {
        var bytes = _builder.Build(new MissingLeaf(receipt.Workspace, receipt.Id, receipt.Sequence, now));
        return new SealLeaf(receipt.Sequence, TreeHasher.Leaf(bytes), bytes, [], null);
    }

    // Each share on a thread of its own.
    private static void InShares(int count, int most, Action<int, int, int> work)
    {
        var shares = Math.Clamp(count / Share, 1, Math.Min(most, Math.Clamp(Environment.ProcessorCount, 1, 8)));
        if (shares == 1)
        {
            work(0, 0, count);
            return;
        }

        Parallel.For(0, shares, share => work(share, (int)((long)count * share / shares), (int)((long)count * (share + 1) / shares)));
    }

    // Fields in clear that fill a leaf come only from rows that were written past audit.append.
    private static AuditEvent Stripped(AuditEvent e, in InboxRow row, string why) => e with
    {
        Action = AuditActions.Unreadable,
        Outcome = AuditOutcome.Unknown,
        Reason = why,
        Resource = null,
        Source = null,
        Before = null,
        After = null,
        Details = JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(row.Body)),
    };
}
