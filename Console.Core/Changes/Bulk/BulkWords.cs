using System.Globalization;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>Bulk changes in words.</summary>
public static class BulkWords
{
    /// <summary>A state as a word.</summary>
    public static string Of(BulkRowState state) => state switch
    {
        BulkRowState.Waiting => "waiting",
        BulkRowState.Running => "under way",
        BulkRowState.Succeeded => "in effect",
        BulkRowState.Failed => "failed",
        BulkRowState.Conflict => "changed meanwhile",
        BulkRowState.Unknown => "outcome unknown",
        BulkRowState.Asked => "approval asked",
        BulkRowState.NotBegun => "not begun",
        BulkRowState.Nothing => "set so already",
        _ => "refused",
    };

    /// <summary>All rows in a sentence: <c>4 in effect, 1 failed.</c></summary>
    public static string Summary(BulkRun run) => string.Join(", ", run.Rows
        .GroupBy(static r => r.State)
        .OrderBy(static g => Order.IndexOf(g.Key))
        .Select(static g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {Of(g.Key)}"))) + ".";

    private static readonly List<BulkRowState> Order =
    [
        BulkRowState.Succeeded, BulkRowState.Failed, BulkRowState.Conflict, BulkRowState.Unknown, BulkRowState.Running, BulkRowState.Waiting, BulkRowState.Asked,
        BulkRowState.NotBegun, BulkRowState.Nothing, BulkRowState.Refused,
    ];
}
