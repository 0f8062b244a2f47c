namespace OpsConsole.Core.Logs;

/// <summary>What was read, and what could not be used.</summary>
public sealed record LogInput
{
    /// <summary>Files read.</summary>
    public int Files { get; init; }

    /// <summary>Bytes read, as they lie on the disk.</summary>
    public long Bytes { get; init; }

    /// <summary>Log entries found, of any kind: rows, others and duplicates together.</summary>
    public long Entries { get; init; }

    /// <summary>Entries that are neither request, container nor platform entries of a service (audit, jobs, other products).</summary>
    public long OtherEntries { get; init; }

    /// <summary>
    /// Entries dropped because the same log name, timestamp and insertId had been read before (overlapping files or pages).
    /// They are part of <see cref="Entries"/> and in no row.
    /// </summary>
    public long Duplicates { get; init; }

    /// <summary>Broken pieces with line numbers; the first 100,000 of them.</summary>
    public IReadOnlyList<SkippedLine> Skipped { get; init; } = [];

    /// <summary>All broken pieces, listed or not.</summary>
    public long SkippedCount { get; init; }
}
