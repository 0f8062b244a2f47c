namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>How the sealer works.</summary>
public sealed record SealerOptions
{
    /// <summary>Name of the log: origin of its checkpoints and name of its key. An address without scheme, such as <c>console.acme.example/audit</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Most events of one sealing transaction.</summary>
    public int BatchSize { get; init; } = 10_000;

    /// <summary>Time between two looks at the inbox when nobody wakes the sealer.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Least time between two checkpoints, so that a busy log is not mostly checkpoints.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Age of the oldest unsealed event from which sealing counts as stalled.</summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Leaves that one step of indexing takes.</summary>
    public int IndexBatch { get; init; } = 2_000;
}
