using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The result of correlating a <see cref="LogTable"/>: one class for each line, and what follows from that.</summary>
public sealed class Analysis
{
    /// <summary>The entries that were analysed.</summary>
    public required LogTable Table { get; init; }

    /// <summary>Class of each line, by line number.</summary>
    public required IReadOnlyList<EntryClass> Classes { get; init; }

    /// <summary>Request of each line (number in <see cref="LogTable.Requests"/>), or -1.</summary>
    public required IReadOnlyList<int> RequestOf { get; init; }

    /// <summary>Probable request of each idle-instance line, or -1: never mixed with the certain ones.</summary>
    public required IReadOnlyList<int> ProbableRequestOf { get; init; }

    /// <summary>Evidence by which each line was classified.</summary>
    public required IReadOnlyList<Basis> Bases { get; init; }

    /// <summary>End of each request in nanoseconds since the Unix epoch, by request number; 0 for aborted ones.</summary>
    public required IReadOnlyList<long> RequestEndNs { get; init; }

    /// <summary>Start of each request in nanoseconds since the Unix epoch, by request number.</summary>
    public required IReadOnlyList<long> RequestStartNs { get; init; }

    /// <summary>For resumed lines: the request that woke the instance, by line number.</summary>
    public required IReadOnlyDictionary<int, Resumption> Resumptions { get; init; }

    /// <summary>Convention that was found or forced.</summary>
    public required RequestTimestamp RequestTimestamp { get; init; }

    /// <summary>Tolerances used, in milliseconds.</summary>
    public required ToleranceRange Tolerance { get; init; }

    /// <summary>The rule of the tolerance in one sentence.</summary>
    public required string ToleranceRule { get; init; }

    /// <summary>How many lines of each class, by <see cref="EntryClass"/>.</summary>
    public required IReadOnlyList<long> ClassCounts { get; init; }

    /// <summary>One row a revision, ordered by service and revision.</summary>
    public required IReadOnlyList<RevisionSummary> Revisions { get; init; }

    /// <summary>Grouped background work, most entries first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Seconds from the end of its request to a line, for lines that belong to one and lie after it; else null.</summary>
    public double? TailSeconds(int line)
    {
        var request = RequestOf[line];
        if (request < 0 || RequestEndNs[request] == 0)
        {
            return null;
        }

        var tail = Table.Lines[line].TimestampNs - RequestEndNs[request];
        return tail > 0 ? tail / 1e9 : null;
    }
}
