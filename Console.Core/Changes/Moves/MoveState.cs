namespace OpsConsole.Core.Changes.Moves;

/// <summary>Where a gradual move of traffic stands.</summary>
public enum MoveState
{
    /// <summary>Steps are taken when their time comes.</summary>
    Running,

    /// <summary>The traffic stays as it is until somebody resumes or stops it.</summary>
    Paused,

    /// <summary>It takes no further step.</summary>
    Stopped,

    /// <summary>All steps are in effect.</summary>
    Finished,
}
