using System.Text.Json.Serialization;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// What a change did to the traffic: requests, errors, latency, cold starts, background activity, 429s and cost, before and after.
/// Recorded in the audit trail and sealed there; the digest says which entries it rests on.
/// </summary>
public sealed record Receipt
{
    /// <summary>Id of the change: of its intent in the audit trail.</summary>
    [JsonPropertyName("intent")]
    public required string ChangeId { get; init; }

    /// <summary>Good, bad, or cannot tell.</summary>
    public required ReceiptVerdict Verdict { get; init; }

    /// <summary>The change and its effect in one line: <c>min 0 → 2: 41 → 0 cold-start victims</c>.</summary>
    public required string Sentence { get; init; }

    /// <summary>What got worse, or what is not known; sentences.</summary>
    public IReadOnlyList<string> Because { get; init; } = [];

    /// <summary>What limits the numbers; sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The window before the change; null where none could be compared.</summary>
    public ReceiptWindow? BeforeWindow { get; init; }

    /// <summary>The window after it; null where none could be compared.</summary>
    public ReceiptWindow? AfterWindow { get; init; }

    /// <summary>The service before; null where the logs could not be read.</summary>
    public ReceiptNumbers? Before { get; init; }

    /// <summary>The service after; null where the logs could not be read.</summary>
    public ReceiptNumbers? After { get; init; }

    /// <summary>The same by revision, by name.</summary>
    public IReadOnlyList<RevisionReceipt> Revisions { get; init; } = [];

    /// <summary>How many log entries were used.</summary>
    public int Entries { get; init; }

    /// <summary>SHA-256 of those entries, see <see cref="EntryDigest"/>; empty without any window.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>When it was made; the time of its event.</summary>
    [JsonIgnore]
    public DateTimeOffset MadeAt { get; init; }
}
