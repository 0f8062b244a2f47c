using System.Buffers;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What one page of the inbox will become. Pseudonyms are still missing: who has which is known when all batches before are sealed.</summary>
/// <param name="leaves">The drafts, by number, in an array of the shared pool.</param>
/// <param name="count">How many they are.</param>
/// <param name="actors">Their actors, each once, with the name at its first event.</param>
/// <param name="hasMore">True when more may wait behind them.</param>
/// <param name="memory">What the leaves lie in.</param>
internal sealed class LeafDrafts(LeafDraft[] leaves, int count, IReadOnlyList<(ActorKey Key, string? DisplayName)> actors, bool hasMore, IReadOnlyList<ByteStore> memory) : IDisposable
{
    /// <summary>Stands for a pseudonym: 16 bytes in base64url.</summary>
    public const string NoRef = "AAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>The drafts, by number.</summary>
    public ReadOnlySpan<LeafDraft> Leaves => leaves.AsSpan(0, count);

    /// <summary>Their actors.</summary>
    public IReadOnlyList<(ActorKey Key, string? DisplayName)> Actors => actors;

    /// <summary>True when more may wait behind them.</summary>
    public bool HasMore => hasMore;

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<LeafDraft>.Shared.Return(leaves);
        foreach (var store in memory)
        {
            store.Dispose();
        }
    }
}
