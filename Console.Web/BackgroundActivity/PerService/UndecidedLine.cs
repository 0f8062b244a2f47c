namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>A line of which the logs cannot say whose it is, as the table lists it.</summary>
public sealed record UndecidedLine
{
    /// <summary>Number in the table of entries.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Empty when it names none.</summary>
    public string Instance { get; init; } = "";

    /// <summary>As Cloud Logging spells it.</summary>
    public string Severity { get; init; } = "";

    /// <summary>Cleaned of what would mislead, and cut where it is very long.</summary>
    public string Text { get; init; } = "";

    public required UndecidedReason Reason { get; init; }

    /// <summary>The first requests that it may belong to, earliest start first.</summary>
    public IReadOnlyList<UndecidedCandidate> Candidates { get; init; } = [];

    /// <summary>How many there are.</summary>
    public int CandidateCount { get; init; }

    /// <summary>insertIds of the first hundred, for the filter.</summary>
    public IReadOnlyList<string> CandidateIds { get; init; } = [];
}
