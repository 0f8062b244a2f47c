namespace OpsConsole.Core.CloudRun;

/// <summary>A long-running operation (google.longrunning.Operation). Done means that reconciliation ended, not that all is well: read the resource.</summary>
public sealed record Operation
{
    /// <summary><c>projects/p/locations/l/operations/…</c>.</summary>
    public required string Name { get; init; }

    /// <summary>True at the end; absent on the wire means false.</summary>
    public bool Done { get; init; }

    /// <summary>Cloud Run's own words where it failed; null where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>gRPC code of the failure (9 is failed precondition, 10 aborted); 0 without one.</summary>
    public int ErrorCode { get; init; }

    /// <summary>The resource as the operation shows it (the response at the end, else the metadata), raw; empty where there is none.</summary>
    public string ResourceJson { get; init; } = "";
}
