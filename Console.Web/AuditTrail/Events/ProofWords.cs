using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Events;

/// <summary>How far an event is proved, in words: recorded, sealed, covered, cosigned.</summary>
public static class ProofWords
{
    /// <summary>That it is recorded.</summary>
    public static string Recorded(AuditRecord record) =>
        $"Recorded as number {Number(record.Position.Sequence)} at {Exact(record.Position.RecordedAt)}: it is committed, and only triggers and privileges keep it until it is sealed.";

    /// <summary>That it is sealed, or waits.</summary>
    public static string Sealed(long? index, DateTimeOffset? at) => index is { } i
        ? $"Sealed at index {Number(i)}{(at is { } time ? $" at {Exact(time)}" : "")}: it has its place in the tree."
        : "Not sealed yet: the sealer takes it within a second or so.";

    /// <summary>Which checkpoint covers it.</summary>
    public static string Covered(LeafProof proof) => proof.Checkpoint is { } checkpoint
        ? $"Covered by the checkpoint of {Number(checkpoint.Size)} leaves that {checkpoint.Signed.Checkpoint.Origin} signed at {Exact(checkpoint.SignedAt)}: whoever has that checkpoint finds out if this event is changed, moved or removed."
        : "Not covered by a signed checkpoint yet.";

    /// <summary>Who cosigned.</summary>
    public static string Cosigned(LeafProof proof) => proof.Checkpoint is null ? ""
        : proof.Cosigned.Count == 0 ? "No witness has cosigned this checkpoint: only the log's own key speaks for it."
        : $"Cosigned by {string.Join(", ", proof.Cosigned.Select(static c => $"{c.Name} at {Exact(c.At)}"))}: a history that forks would need their keys too.";

    /// <summary>What the way through the tree says.</summary>
    public static string Holds(LeafProof proof) =>
        proof.Bytes is null ? "The event was pruned. Its hash stays in the tree; the proof holds for whoever kept the leaf's bytes."
        : proof.Checkpoint is null ? "There is nothing to check against yet."
        : proof.Holds ? "Computed just now from what is stored: the leaf's bytes lead to the root of that checkpoint."
        : "The stored bytes do not lead to the root of the checkpoint: something was changed. Verify the audit trail.";

    private static string Exact(DateTimeOffset time) => TimeText.Exact(time, TimeZoneInfo.Utc);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
