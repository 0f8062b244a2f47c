using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Verifications in words: the same on the page, in the terminal and in the record.</summary>
public static class VerifyWords
{
    /// <summary>How reports are written as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What was verified, short: <c>12,404 events, signatures, 3 anchors</c>. Whoever shows it adds how long ago.</summary>
    public static string Badge(VerifyReport report)
    {
        var parts = new List<string> { Count(report.Events, "event", "events") };
        if (report.Checkpoints > 0)
        {
            parts.Add("signatures");
        }

        if (report.Request.Full)
        {
            parts.Add("disclosed fields");
        }

        if (report.Anchors > 0)
        {
            parts.Add(Count(report.Anchors, "anchor", "anchors"));
        }

        if (report.Witnesses > 0)
        {
            parts.Add(Count(report.Witnesses, "witness", "witnesses"));
        }

        return string.Join(", ", parts);
    }

    /// <summary>The verdict in one sentence.</summary>
    public static string Verdict(VerifyReport report) => report.IsGood
        ? $"Nothing is wrong with {(report.Request.IsWhole ? "the log" : $"the range {N(report.From)} to {N(Math.Max(report.From, report.To - 1))} of the log")}: {Badge(report)}."
        : $"{Count(report.ProblemCount, "problem", "problems")}. The first: {(report.Problems.Count > 0 ? report.Problems[0].Sentence : "not listed")}";

    /// <summary>Up to where the log is as it was signed.</summary>
    public static string UpTo(VerifyReport report) => report.LastGoodCheckpoint is { } size
        ? $"Up to the checkpoint of size {N(size)} the leaves have the root that was signed."
        : "No checkpoint was found whose root the leaves have.";

    /// <summary>A kind of problem as a short label.</summary>
    public static string Label(VerifyProblemKind kind) => kind switch
    {
        VerifyProblemKind.EventChanged => "event changed",
        VerifyProblemKind.EventMissing => "event gone",
        VerifyProblemKind.EventUnexpected => "event put in",
        VerifyProblemKind.LeafHashChanged => "leaf hash changed",
        VerifyProblemKind.EventsSwapped => "events swapped",
        VerifyProblemKind.LeafUnreadable => "leaf unreadable",
        VerifyProblemKind.TileChanged => "tile changed",
        VerifyProblemKind.TileMissing => "tile gone",
        VerifyProblemKind.TileUnexpected => "tile put in",
        VerifyProblemKind.RootDiffers => "root differs",
        VerifyProblemKind.CheckpointChanged => "checkpoint changed",
        VerifyProblemKind.CheckpointSignature => "signature wrong",
        VerifyProblemKind.CosignatureChanged => "cosignature wrong",
        VerifyProblemKind.TailCut => "tail cut",
        VerifyProblemKind.RolledBack => "rolled back",
        VerifyProblemKind.Fork => "fork",
        VerifyProblemKind.CheckpointMissing => "checkpoint gone",
        VerifyProblemKind.AnchorUnreadable => "anchor unreadable",
        VerifyProblemKind.Unsigned => "not signed",
        VerifyProblemKind.NumberTwice => "number twice",
        VerifyProblemKind.NumberMissing => "number missing",
        VerifyProblemKind.EventLost => "lost before sealing",
        VerifyProblemKind.GapChanged => "void list changed",
        VerifyProblemKind.SearchChanged => "search changed",
        VerifyProblemKind.SearchMissing => "hidden from search",
        VerifyProblemKind.SearchUnexpected => "made up in search",
        VerifyProblemKind.DisclosureChanged => "field changed",
        VerifyProblemKind.DisclosureMissing => "field gone",
        VerifyProblemKind.ActorChanged => "actor changed",
        VerifyProblemKind.ReceiptChanged => "receipt changed",
        VerifyProblemKind.ReceiptUnexpected => "receipt without event",
        VerifyProblemKind.ProgressChanged => "sealer's progress changed",
        VerifyProblemKind.AnchorChanged => "record of anchors changed",
        VerifyProblemKind.RowUnexpected => "rows put in",
        VerifyProblemKind.InboxChanged => "waiting event changed",
        VerifyProblemKind.Unsealed => "not sealed",
        _ => kind.ToString(),
    };

    private static string Count(long count, string one, string many) => $"{N(count)} {(count == 1 ? one : many)}";

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
