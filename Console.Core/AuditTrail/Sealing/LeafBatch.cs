using System.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>Makes leaves of what waits. Whatever was committed becomes a leaf, also what cannot be read: nothing may stop the log.</summary>
internal sealed class LeafBatch
{
    private readonly LeafBuilder _builder = new();

    /// <summary>Reads the events of rows.</summary>
    public static IReadOnlyList<AuditEvent> Read(IReadOnlyList<InboxRow> rows)
    {
        var events = new AuditEvent[rows.Count];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = AuditEventReader.ReadStored(rows[i].Body, rows[i].Workspace, rows[i].Id, rows[i].RecordedAt);
        }

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

    /// <summary>The leaf of an event.</summary>
    public SealLeaf Event(in InboxRow row, AuditEvent e, string actorRef)
    {
        BuiltLeaf built;
        var position = new LeafPosition(row.Sequence, row.RecordedAt, row.Via, row.AppendedBy, actorRef);
        try
        {
            built = _builder.Build(e, position);
        }
        catch (ArgumentException problem)
        {
            built = _builder.Build(Stripped(e, row, problem.Message), position);
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
