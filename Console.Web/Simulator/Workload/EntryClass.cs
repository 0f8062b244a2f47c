namespace OpsConsole.Web.Simulator.Workload;

/// <summary>What an entry really is, by the simulation's own knowledge.</summary>
internal enum EntryClass
{
    InRequest,

    /// <summary>The server's own access line, or the close of a connection, just after the end.</summary>
    Boundary,
    AfterResponse,

    /// <summary>After the response, after a stand-still without CPU.</summary>
    Resumed,

    /// <summary>Of no request, while none was in flight.</summary>
    IdleInstance,

    /// <summary>Of no request, while some were in flight: logs cannot tell.</summary>
    Unattributed,
    Startup,
    Shutdown,
    Platform,
}
