namespace OpsConsole.Core.Changes.Moves;

/// <summary>Gradual moves in words.</summary>
public static class MoveWords
{
    /// <summary>A state as a word.</summary>
    public static string Of(MoveState state) => state switch
    {
        MoveState.Running => "under way",
        MoveState.Paused => "paused",
        MoveState.Stopped => "stopped",
        _ => "finished",
    };
}
