using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>One service of a bulk, planned.</summary>
/// <param name="Resource">The service.</param>
/// <param name="Answer">Its plan, or why there is none.</param>
public sealed record BulkPlanRow(ResourceName Resource, DeskAnswer Answer)
{
    /// <summary>The plan; null where there is none.</summary>
    public Plan? Plan => (Answer.Planning as Planning.Ready)?.Plan;

    /// <summary>Why there is no plan, for people; empty where there is one.</summary>
    public string WhyNot => Answer.Planning switch
    {
        Planning.Refused refused => string.Join(' ', refused.Refusals.Select(static r => r.Reason)),
        Planning.Nothing nothing => nothing.Message,
        null => Answer.Error?.Message ?? "",
        _ => "",
    };

    /// <summary>As what the row begins.</summary>
    public BulkRowState State => Answer.Planning switch
    {
        Planning.Ready => BulkRowState.Waiting,
        Planning.Nothing => BulkRowState.Nothing,
        _ => BulkRowState.Refused,
    };
}
