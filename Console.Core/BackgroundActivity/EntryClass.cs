namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The one class of a container entry. The words on the wire are those of <see cref="EntryClasses.Word"/>.</summary>
public enum EntryClass : byte
{
    /// <summary>Belongs to a request and lies within it.</summary>
    InRequest,

    /// <summary>At the end of a request within the tolerance, or the server's own access line: never counted as late.</summary>
    Boundary,

    /// <summary>Belongs to a request and was written after its end by more than the tolerance: background activity, certain.</summary>
    AfterResponse,

    /// <summary>Work that stood still without CPU and went on when another request woke the instance.</summary>
    Resumed,

    /// <summary>No request in flight on its instance, which was neither starting nor stopping: background activity, certain.</summary>
    IdleInstance,

    /// <summary>The logs cannot decide: several requests in flight, or no instance.</summary>
    Unattributed,

    /// <summary>Before the instance's first request.</summary>
    Startup,

    /// <summary>After the instance's stop began.</summary>
    Shutdown,

    /// <summary>Carries a trace whose request is not in the window.</summary>
    Orphan,

    /// <summary>Written by Cloud Run itself.</summary>
    Platform,
}
