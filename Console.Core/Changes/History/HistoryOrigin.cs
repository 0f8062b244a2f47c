namespace OpsConsole.Core.Changes.History;

/// <summary>Where a change of a service was made.</summary>
public enum HistoryOrigin
{
    /// <summary>Here: the audit trail holds who, why and what.</summary>
    Console,

    /// <summary>With another tool; Google's audit log says by which account.</summary>
    Elsewhere,

    /// <summary>With this console's account, and the audit trail holds nothing of it.</summary>
    Unrecorded,

    /// <summary>Neither log tells; Cloud Run lists what came of it.</summary>
    Unexplained,

    /// <summary>By Google's system, without anybody asking.</summary>
    System,
}
