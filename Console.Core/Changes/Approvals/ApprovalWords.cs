using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>Approvals in words.</summary>
public static class ApprovalWords
{
    /// <summary>As in "the request is …".</summary>
    public static string Of(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "waiting",
        ApprovalState.Approved => "approved",
        ApprovalState.Rejected => "rejected",
        ApprovalState.Withdrawn => "taken back",
        ApprovalState.Expired => "expired",
        _ => "out of date",
    };

    /// <summary>What changed, in a sentence.</summary>
    public static string Of(Meanwhile changed) => changed.Settings.Count == 0
        ? "it was written, though no setting that is shown here differs."
        : string.Join(", ", changed.Settings.Select(static s => $"{s.Name} {s.Before} → {s.After}")) + ".";
}
