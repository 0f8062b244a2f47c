namespace OpsConsole.Web.Simulator.Control;

/// <summary>The ways in which the simulated Google can go wrong. In JSON lowerCamelCase: <c>"regionDown"</c>.</summary>
public enum FaultKind
{
    /// <summary>The answer comes late.</summary>
    Latency,

    /// <summary>An error in Google's envelope: 429, 500, 503 …</summary>
    Status,

    /// <summary>The error page of a front end: HTML where JSON is expected.</summary>
    Html,

    /// <summary>200, and JSON that ends in the middle.</summary>
    BrokenJson,

    /// <summary>The connection stays open and nothing comes.</summary>
    Hang,

    /// <summary>The request is carried out, and the connection is cut before its answer: the caller cannot know.</summary>
    LostAnswer,

    /// <summary>The request is held until the fault is removed, and is then carried out, whether or not the caller still waits: it was in Google's hands.</summary>
    HeldRequest,

    /// <summary>The request is carried out at once, and its answer is held until the fault is removed.</summary>
    HeldAnswer,

    /// <summary>403 that names the permission.</summary>
    Denied,

    /// <summary>The region's calls answer 503, and lists over all regions name it in <c>unreachable</c>.</summary>
    RegionDown,

    /// <summary>The next operation fails: its revision does not become ready.</summary>
    OperationFails,

    /// <summary>The next operation never ends.</summary>
    OperationNeverEnds,
}
