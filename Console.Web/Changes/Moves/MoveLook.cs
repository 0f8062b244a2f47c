using OpsConsole.Core.Changes.Moves;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Changes.Moves;

/// <summary>Moves as the screens show them.</summary>
public static class MoveLook
{
    /// <summary>The meaning of a state.</summary>
    public static Meaning MeaningOf(TrafficMove move) => move.State switch
    {
        MoveState.Running => Meaning.Busy,
        MoveState.Finished => Meaning.Good,
        MoveState.Paused => Meaning.Late,
        _ => move.Message.StartsWith("By ", StringComparison.Ordinal) ? Meaning.Unknown : Meaning.Risk,
    };
}
