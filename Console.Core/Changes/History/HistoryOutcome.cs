namespace OpsConsole.Core.Changes.History;

/// <summary>How a change of a service ended.</summary>
public enum HistoryOutcome
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It is on its way.</summary>
    UnderWay,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Refused or failed.</summary>
    Failed,
}
