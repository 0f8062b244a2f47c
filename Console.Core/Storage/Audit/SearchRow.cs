using System.Text;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Search;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>A row of the search table, made from a leaf and its disclosures: the only way that rows of it are made.</summary>
internal sealed record SearchRow
{
    /// <summary>Index of the leaf.</summary>
    public required long Index { get; init; }

    /// <summary>When it was sealed.</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>The leaf.</summary>
    public required EventLeaf Leaf { get; init; }

    /// <summary>Words that free text finds, distinct.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Outcome as a word.</summary>
    public string Outcome => AuditWords.Of(Leaf.Outcome);

    /// <summary>Way in as a word.</summary>
    public string Via => AuditWords.Of(Leaf.Via);

    /// <summary>The row of an event's leaf; null for other leaves, and for bytes that are no leaf: verification tells of those.</summary>
    public static SearchRow? Of(long index, DateTimeOffset sealedAt, ReadOnlySpan<byte> leaf, string? disclosures)
    {
        if (!LeafReader.TryRead(leaf, out var read, out _) || read is not EventLeaf e)
        {
            return null;
        }

        var opened = LeafReader.Open(e, disclosures is null ? [] : Encoding.ASCII.GetBytes(disclosures));
        return new SearchRow { Index = index, SealedAt = sealedAt, Leaf = e, Words = AuditSearchWords.Of(opened.Event) };
    }
}
