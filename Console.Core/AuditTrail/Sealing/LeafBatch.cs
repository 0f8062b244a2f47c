using System.Buffers;
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
    private static readonly SearchValues<char> Base64UrlLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private readonly LeafBuilder _builder = new();
    private readonly LeafBuilder[] _builders = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 8)).Select(static _ => new LeafBuilder())];
    private SealLeaf[] _leaves = [];

    /// <summary>Drafts the leaves of a page. Not twice at the same time; other members may be used beside it.</summary>
    /// <param name="page">What waits.</param>
    /// <param name="threads">How many may work at it.</param>
    public LeafDrafts Draft(InboxPage page, int threads = int.MaxValue)
    {
        var rows = page.Rows;
        var drafts = ArrayPool<LeafDraft>.Shared.Rent(rows.Count);
        var parts = new (ByteStore Memory, ActorNumbers Actors, int From, int To)[_builders.Length];
        InShares(rows.Count, Math.Min(threads, parts.Length), (share, from, to) =>
        {
            var part = parts[share] = (new ByteStore(), new ActorNumbers(), from, to);
            for (var i = from; i < to; i++)
            {
                drafts[i] = Draft(_builders[share], rows[i], part.Memory, part.Actors);
            }
        });

        var actors = parts[0].Actors;
        foreach (var part in parts.AsSpan(1))
        {
            var numbers = part.Actors?.All.Select(actor => actors.Of(actor.Key, actor.DisplayName)).ToArray();
            for (var i = part.From; i < part.To; i++)
            {
                drafts[i] = drafts[i] with { Actor = numbers![drafts[i].Actor] };
            }
        }

        return new LeafDrafts(drafts, rows.Count, actors.All, page.HasMore, [.. parts.Select(static part => part.Memory).OfType<ByteStore>()]);
    }

    /// <summary>A fresh pseudonym.</summary>
    public string NewRef() => _builder.NewActorRef();

    /// <summary>The leaves of drafts, in their order, and others behind them. They lie in memory that the next call uses again.</summary>
    /// <param name="drafts">The drafts; the leaves lie in their memory too.</param>
    /// <param name="refs">Pseudonyms of their actors.</param>
    /// <param name="others">Leaves that are no events.</param>
    public ArraySegment<SealLeaf> Finish(LeafDrafts drafts, IReadOnlyList<string> refs, IReadOnlyCollection<SealLeaf> others)
    {
        var count = drafts.Leaves.Length;
        if (_leaves.Length < count + others.Count)
        {
            _leaves = new SealLeaf[Math.Max(count + others.Count, _leaves.Length * 2)];
        }

        InShares(count, int.MaxValue, (_, from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                ref readonly var draft = ref drafts.Leaves[i];
                var bytes = WithRef(draft, refs[draft.Actor]);
                _leaves[i] = new SealLeaf(draft.Sequence, TreeHasher.Leaf(bytes.Span), bytes, draft.Disclosures, null);
            }
        });
        foreach (var other in others)
        {
            _leaves[count++] = other;
        }

        return new ArraySegment<SealLeaf>(_leaves, 0, count);
    }

    /// <summary>Adds the hashes of leaves to a tree.</summary>
    /// <returns>The tiles that are full now.</returns>
    public static IReadOnlyList<TileData> Append(TileBuilder tiles, ReadOnlySpan<SealLeaf> leaves)
    {
        var full = new List<TileData>();
        Span<MerkleHash> hashes = stackalloc MerkleHash[Tile.FullWidth];
        while (leaves.Length > 0)
        {
            var some = Math.Min(leaves.Length, hashes.Length);
            for (var i = 0; i < some; i++)
            {
                hashes[i] = leaves[i].Hash;
            }

            tiles.Append(hashes[..some], full);
            leaves = leaves[some..];
        }

        return full;
    }

    private static LeafDraft Draft(LeafBuilder builder, in InboxRow row, ByteStore memory, ActorNumbers actors)
    {
        var e = AuditEventReader.ReadStored(row.Body.Span, row.Workspace, row.Id, row.RecordedAt);
        var position = new LeafPosition(row.Sequence, row.RecordedAt, row.Via, row.AppendedBy, LeafDrafts.NoRef);
        int refAt;
        ReadOnlySpan<byte> bytes, disclosures;
        try
        {
            builder.Build(e, position, out bytes, out refAt, out disclosures);
        }
        catch (ArgumentException problem)
        {
            builder.Build(Stripped(e, row, problem.Message), position, out bytes, out refAt, out disclosures);
        }

        var actor = actors.Of(new ActorKey(e.Actor.Type, e.Actor.Id), e.Actor.DisplayName);
        return new LeafDraft(row.Sequence, actor, memory.Add(bytes), refAt, memory.Add(disclosures));
    }

    private static ReadOnlyMemory<byte> WithRef(in LeafDraft draft, string actorRef)
    {
        if (actorRef.Length == LeafDrafts.NoRef.Length && !actorRef.AsSpan().ContainsAnyExcept(Base64UrlLetters))
        {
            Encoding.ASCII.GetBytes(actorRef, draft.Bytes.Span[draft.RefAt..]);
            return draft.Bytes;
        }

        // Pseudonyms that the console gave have one length: somebody changed this one by hand, and what was committed must be sealed all the same.
        var text = new Utf8Text(draft.Bytes.Length + actorRef.Length);
        text.Raw(draft.Bytes.Span[..(draft.RefAt - 1)]).String(actorRef).Raw(draft.Bytes.Span[(draft.RefAt + LeafDrafts.NoRef.Length + 1)..]);
        return text.ToArray();
    }

    /// <summary>The leaf of numbers that nothing has.</summary>
    public SealLeaf Void(long from, long to, DateTimeOffset now)
    {
        var bytes = _builder.Build(new VoidLeaf(from, to, now));
        return new SealLeaf(null, TreeHasher.Leaf(bytes), bytes, ReadOnlyMemory<byte>.Empty, (from, to));
    }

    /// <summary>The leaf of an event that was taken away.</summary>
    public SealLeaf Missing(AuditReceipt receipt, DateTimeOffset now)
    {
        var bytes = _builder.Build(new MissingLeaf(receipt.Workspace, receipt.Id, receipt.Sequence, now));
        return new SealLeaf(receipt.Sequence, TreeHasher.Leaf(bytes), bytes, ReadOnlyMemory<byte>.Empty, null);
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
        Details = JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(row.Body.Span)),
    };
}
