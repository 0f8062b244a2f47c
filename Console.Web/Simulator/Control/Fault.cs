namespace OpsConsole.Web.Simulator.Control;

/// <summary>Something that shall go wrong: posted as JSON to <c>/simulator/faults</c>, all fields but <see cref="Kind"/> optional.</summary>
public sealed record Fault
{
    /// <summary>Given by the simulator; what <c>DELETE /simulator/faults/ID</c> takes.</summary>
    public string Id { get; init; } = "";

    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Only requests whose path starts so: <c>/v2/projects/acme-prod/locations/us-central1</c>. Absent: all.</summary>
    public string? Path { get; init; }

    /// <summary>Only this HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>Only this region; what <see cref="FaultKind.RegionDown"/> needs.</summary>
    public string? Region { get; init; }

    /// <summary>Only methods that need this permission: <c>run.services.list</c>, <c>logging.logEntries.list</c>.</summary>
    public string? Permission { get; init; }

    /// <summary>Only dry runs (<c>validateOnly</c>), or with false only what is none.</summary>
    public bool? DryRun { get; init; }

    /// <summary>The HTTP status of <see cref="FaultKind.Status"/> and <see cref="FaultKind.Html"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>The message, in place of Google's usual one.</summary>
    public string? Message { get; init; }

    /// <summary>Sent as Retry-After, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>How long <see cref="FaultKind.Latency"/> holds an answer back.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>The reason of a revision that fails: <c>HEALTH_CHECK_CONTAINER_ERROR</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>How often it happens; 0 means until it is removed.</summary>
    public int Times { get; init; }

    /// <summary>Given by the simulator: how many requests met it so far.</summary>
    public int Met { get; init; }
}
