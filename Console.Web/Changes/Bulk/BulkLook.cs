using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Changes.Bulk;

/// <summary>Rows of bulk changes as the screens show them.</summary>
public static class BulkLook
{
    /// <summary>The meaning of a state.</summary>
    public static Meaning MeaningOf(BulkRowState state) => state switch
    {
        BulkRowState.Succeeded or BulkRowState.Nothing => Meaning.Good,
        BulkRowState.Failed or BulkRowState.Refused => Meaning.Risk,
        BulkRowState.Conflict or BulkRowState.Asked => Meaning.Late,
        BulkRowState.Running => Meaning.Busy,
        _ => Meaning.Unknown,
    };

    /// <summary>Where a bulk stands, in a word.</summary>
    public static (Meaning Meaning, string Text) Of(BulkRun run) =>
        !run.IsOver ? (Meaning.Busy, run.Stopped.Length > 0 ? "stopping" : "under way")
        : run.Stopped.Length > 0 ? (Meaning.Late, "stopped")
        : run.Count(BulkRowState.Failed) + run.Count(BulkRowState.Conflict) > 0 ? (Meaning.Risk, "ended, not all in effect")
        : run.Count(BulkRowState.Unknown) > 0 ? (Meaning.Unknown, "ended, outcome unknown")
        : (Meaning.Good, "ended");

    /// <summary>Where a row leads: to its change, or to the request for approval.</summary>
    public static string? Link(BulkRow row) => row.ChangeId is not { } id ? null
        : row.State == BulkRowState.Asked ? Urls.Approval(row.Resource.Project, id)
        : Urls.Change(id);

    /// <summary>A service with its region, for people.</summary>
    public static string Name(ResourceName name) => $"{name.Id} ({name.Location})";
}
