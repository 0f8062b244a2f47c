using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>One service of a bulk on its way.</summary>
/// <param name="Resource">The service.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Message">For people; empty where there is nothing to say.</param>
/// <param name="ChangeId">Id of its change, or of the request for approval; null before.</param>
public sealed record BulkRow(ResourceName Resource, BulkRowState State, string Message = "", string? ChangeId = null)
{
    /// <summary>True while something of it is still to come.</summary>
    public bool IsOpen => State is BulkRowState.Waiting or BulkRowState.Running;
}
