namespace OpsConsole.Core.Changes.Bulk;

/// <summary>Where one service of a bulk stands.</summary>
public enum BulkRowState
{
    /// <summary>Planned; its turn has not come.</summary>
    Waiting,

    /// <summary>On its way.</summary>
    Running,

    /// <summary>In effect.</summary>
    Succeeded,

    /// <summary>It could not be carried out.</summary>
    Failed,

    /// <summary>The service was written since the plan; nothing was overwritten.</summary>
    Conflict,

    /// <summary>What became of it is not known (yet).</summary>
    Unknown,

    /// <summary>A second person was asked.</summary>
    Asked,

    /// <summary>It was not begun: the bulk was stopped before.</summary>
    NotBegun,

    /// <summary>Nothing to do: it is set so already.</summary>
    Nothing,

    /// <summary>Refused by a rule or by the API before anything was sent.</summary>
    Refused,
}
