namespace OpsConsole.Web.Simulator.Workload;

/// <summary>One request to a service.</summary>
internal sealed class SimRequest
{
    public required string Service { get; init; }

    public required string Revision { get; init; }

    public required RequestPlan Plan { get; init; }

    /// <summary>When it came to the front end: the entry's timestamp.</summary>
    public required long Arrived { get; init; }

    /// <summary>32 hex digits.</summary>
    public required string TraceId { get; init; }

    public required ulong Span { get; init; }

    /// <summary>The trace as entries name it; one text shared by all of them.</summary>
    public required string Trace { get; init; }

    public required string RemoteIp { get; init; }

    public string? CallerAgent { get; init; }

    /// <summary>When a container took it.</summary>
    public long Begun { get; set; }

    /// <summary>When the response was complete; null while in flight.</summary>
    public long? Ended { get; set; }

    /// <summary>insertId of its entry, once written.</summary>
    public string? InsertId { get; set; }

    /// <summary>Refused before any container saw it.</summary>
    public bool Rejected { get; set; }

    /// <summary>It left work behind.</summary>
    public bool HasBackground { get; set; }
}
