using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>A checkpoint as it is kept.</summary>
/// <param name="Signed">With the log's signatures, and the witnesses' where they are asked for.</param>
/// <param name="SignedAt">When it was signed, by the console's clock.</param>
public sealed record StoredCheckpoint(SignedCheckpoint Signed, DateTimeOffset SignedAt)
{
    /// <summary>Leaves that it covers.</summary>
    public long Size => Signed.Checkpoint.Size;
}
