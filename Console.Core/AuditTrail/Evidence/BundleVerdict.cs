using System.Text.Json.Serialization;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>What came of checking a bundle.</summary>
public sealed record BundleVerdict
{
    /// <summary>What is wrong, in the order in which it was met; empty when nothing is.</summary>
    public required IReadOnlyList<BundleProblem> Problems { get; init; }

    /// <summary>What the bundle says of itself; null when that cannot be read.</summary>
    [JsonIgnore]
    public EvidenceManifest? Manifest { get; init; }

    /// <summary>Origin of the log.</summary>
    public string? Log { get; init; }

    /// <summary>Leaves of the signed tree.</summary>
    public long? TreeSize { get; init; }

    /// <summary>Its root, base64.</summary>
    public string? RootHash { get; init; }

    /// <summary>Leaves that are in the bundle: from this index.</summary>
    public long? From { get; init; }

    /// <summary>To before this one.</summary>
    public long? To { get; init; }

    /// <summary>Disclosed events.</summary>
    public long? Disclosed { get; init; }

    /// <summary>True when the keys came with the bundle: it fits together, and nobody vouches for it.</summary>
    public required bool KeysCameWithIt { get; init; }

    /// <summary>Keys that the checkpoint's signatures were checked with.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What was verified: phrases.</summary>
    public required IReadOnlyList<string> Verified { get; init; }

    /// <summary>What was not, and why: sentences.</summary>
    public required IReadOnlyList<string> NotVerified { get; init; }

    /// <summary>True when nothing is wrong.</summary>
    public bool IsGood => Problems.Count == 0;
}
