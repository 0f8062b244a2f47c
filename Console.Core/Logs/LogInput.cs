namespace OpsConsole.Core.Logs;

/// <summary>What was read, and what could not be used.</summary>
public sealed record LogInput
{
    /// <summary>Files read.</summary>
    public int Files { get; init; }

    /// <summary>Bytes read, as they lie on the disk.</summary>
    public long Bytes { get; init; }

    /// <summary>Log entries found, of any kind.</summary>
    public long Entries { get; init; }

    /// <summary>Entries that are neither request, container nor platform entries of a service (audit, jobs, other products).</summary>
    public long OtherEntries { get; init; }

    /// <summary>Broken pieces with line numbers; the first 1,000 of them.</summary>
    public IReadOnlyList<SkippedLine> Skipped { get; init; } = [];

    /// <summary>All broken pieces, listed or not.</summary>
    public long SkippedCount { get; init; }
}
