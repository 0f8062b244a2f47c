using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What one sealing transaction adds.</summary>
public sealed record SealBatch
{
    /// <summary>Index of the first leaf: the size of the tree before.</summary>
    public required long FirstIndex { get; init; }

    /// <summary>When, microseconds UTC.</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>The leaves in order.</summary>
    public required IReadOnlyList<SealLeaf> Leaves { get; init; }

    /// <summary>Actors that had no pseudonym.</summary>
    public required IReadOnlyList<NewActor> Actors { get; init; }

    /// <summary>Tiles that are full now.</summary>
    public required IReadOnlyList<TileData> Tiles { get; init; }

    /// <summary>The new watermark of settled numbers; null when it does not move.</summary>
    public long? Settled { get; init; }
}
