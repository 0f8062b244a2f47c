namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>What came of an export.</summary>
public abstract record EvidenceResult
{
    private EvidenceResult()
    {
    }

    /// <summary>The bundle is there.</summary>
    /// <param name="Manifest">What it holds.</param>
    /// <param name="Bytes">Its length.</param>
    /// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
    public sealed record Written(EvidenceManifest Manifest, long Bytes, string Sha256) : EvidenceResult;

    /// <summary>Nothing can be exported: the log has nothing that is signed, or nothing in the range.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Nothing(string Reason) : EvidenceResult;

    /// <summary>The stored log is not what was signed: no bundle is made of it.</summary>
    /// <param name="Reason">As a sentence.</param>
    /// <param name="Index">Leaf, where one is known.</param>
    public sealed record Damaged(string Reason, long? Index) : EvidenceResult;
}
