namespace OpsConsole.Core.Changes.Moves;

/// <summary>What is recorded of a gradual move beyond its steps.</summary>
public enum MoveAct
{
    /// <summary>It waits, until resumed.</summary>
    Paused,

    /// <summary>It goes on, carried out by the console that records this.</summary>
    Resumed,

    /// <summary>The console that carried it out has stopped; the one that records this goes on with it.</summary>
    TakenOver,

    /// <summary>It ends where it is.</summary>
    Stopped,

    /// <summary>All steps were taken.</summary>
    Finished,
}
