namespace OpsConsole.Core.Changes.Approvals;

/// <summary>Where a request for approval stands. All but the first are final.</summary>
public enum ApprovalState
{
    /// <summary>Waits for a second person.</summary>
    Pending,

    /// <summary>Approved; the change is, or was, carried out.</summary>
    Approved,

    /// <summary>Rejected, with a reason.</summary>
    Rejected,

    /// <summary>Taken back by the one who asked.</summary>
    Withdrawn,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The service was changed after the request: what was reviewed is no longer what would be applied.</summary>
    Stale,
}
