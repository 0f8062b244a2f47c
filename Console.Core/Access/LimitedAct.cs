namespace OpsConsole.Core.Access;

/// <summary>Acts that cost much, of which one person may do so many in a time. Within an open page they are no requests, which are limited before.</summary>
public enum LimitedAct
{
    /// <summary>Searching events, opening one, reading a window of past logs.</summary>
    Search,

    /// <summary>Verifying the audit trail.</summary>
    Verify,

    /// <summary>Exporting evidence, or a file of events.</summary>
    Export,
}
