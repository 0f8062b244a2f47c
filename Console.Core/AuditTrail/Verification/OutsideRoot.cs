using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>A root that is known from outside of the database.</summary>
/// <param name="Size">Leaves.</param>
/// <param name="Root">Root.</param>
/// <param name="Where">Whose, as people call it.</param>
internal sealed record OutsideRoot(long Size, MerkleHash Root, string Where)
{
    /// <summary>Name of the key that cosigned it; null for anchors.</summary>
    public string? Cosigner { get; init; }

    /// <summary>When, in microseconds since 1970.</summary>
    public long? At { get; init; }
}
