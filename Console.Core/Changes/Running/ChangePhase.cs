namespace OpsConsole.Core.Changes.Running;

/// <summary>Where a change stands.</summary>
public enum ChangePhase
{
    /// <summary>The intent is in the audit trail; nothing has been sent yet.</summary>
    Recorded,

    /// <summary>The PATCH was sent and taken; Cloud Run works on it.</summary>
    Deploying,

    /// <summary>It is in effect.</summary>
    Succeeded,

    /// <summary>It was refused, or Cloud Run could not carry it out.</summary>
    Failed,

    /// <summary>Refused because the resource was written since it was read; nothing was overwritten.</summary>
    Conflict,

    /// <summary>What became of it is not known (yet).</summary>
    Unknown,
}
