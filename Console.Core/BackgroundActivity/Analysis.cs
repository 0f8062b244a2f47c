using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The result of correlating a <see cref="LogTable"/>: one class for each line, and what follows from that.
/// Per-line results are plain arrays (10 bytes a line), because there can be tens of millions of lines.
/// </summary>
public sealed class Analysis
{
    /// <summary>The entries that were analysed.</summary>
    public required LogTable Table { get; init; }

    /// <summary>Class of each line, by line number.</summary>
    public required EntryClass[] Classes { get; init; }

    /// <summary>Request of each line (number in <see cref="LogTable.Requests"/>), or -1.</summary>
    public required RequestColumn RequestOf { get; init; }

    /// <summary>Probable request of each idle-instance line, or -1: never mixed with the certain ones.</summary>
    public required RequestColumn ProbableRequestOf { get; init; }

    /// <summary>Evidence by which each line was classified; empty without <see cref="CorrelatorOptions.Bases"/>.</summary>
    public required Basis[] Bases { get; init; }

    /// <summary>End of each request in nanoseconds since the Unix epoch, by request number; 0 for aborted ones.</summary>
    public required long[] RequestEndNs { get; init; }

    /// <summary>Start of each request in nanoseconds since the Unix epoch, by request number.</summary>
    public required long[] RequestStartNs { get; init; }

    /// <summary>By which rule the end of each request was found, by request number.</summary>
    public required EndKind[] RequestEndKinds { get; init; }

    /// <summary>For resumed lines: the request that woke the instance, by line number.</summary>
    public required IReadOnlyDictionary<int, Resumption> Resumptions { get; init; }

    /// <summary>Convention that was found or forced; with several files, that of most requests.</summary>
    public required RequestTimestamp RequestTimestamp { get; init; }

    /// <summary>Tolerances used, in milliseconds.</summary>
    public required ToleranceRange Tolerance { get; init; }

    /// <summary>The rule of the tolerance in one sentence.</summary>
    public required string ToleranceRule { get; init; }

    /// <summary>How many lines of each class, by <see cref="EntryClass"/>.</summary>
    public required long[] ClassCounts { get; init; }

    /// <summary>Instances with container lines and without any request entry: numbers in <see cref="LogTable.Instances"/>. No verdict there.</summary>
    public required int[] InstancesWithoutRequests { get; init; }

    /// <summary>
    /// True when the input was filtered by severity, so that the entries of requests that went well are missing. What was in flight is
    /// then not known: lines that nobody in flight explains are undecided.
    /// </summary>
    public bool WarningsOnly { get; init; }

    /// <summary>True when the input holds exactly as many entries as a <c>--limit</c> asks for: it begins in the middle of its instances' lives.</summary>
    public bool CutByLimit { get; init; }

    /// <summary>Lines newer than this are not judged yet; null when there are none (<see cref="CorrelatorOptions.LinesUntil"/>).</summary>
    public DateTimeOffset? LinesUntil { get; init; }

    /// <summary>One row a revision, ordered by project, location, service and revision.</summary>
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

    /// <summary>
    /// The requests that an <c>unattributed</c> line may belong to: those in flight on its instance, or, without an instance,
    /// in flight anywhere in its revision. Looked up on demand; at most <paramref name="limit"/>, earliest start first.
    /// </summary>
    public IReadOnlyList<int> CandidatesOf(int line, int limit = 100) => Candidates.Of(this, line, limit);

    /// <summary>All candidates of each of several lines, as <see cref="CandidatesOf(int, int)"/> finds them, with one look at all requests.</summary>
    public IReadOnlyList<IReadOnlyList<int>> CandidatesOf(IReadOnlyList<int> lines) => Candidates.Of(this, lines);
}
