using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>What is to be checked.</summary>
public sealed record CompletenessQuestion
{
    /// <summary>The logs, as the address names them.</summary>
    public required AnalysisId Source { get; init; }

    /// <summary>The logs, analysed.</summary>
    public required Analysis Analysis { get; init; }

    public required ServiceRef Service { get; init; }

    /// <summary>Start of the window, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the window, exclusive; no later than the logs go.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The rules to apply.</summary>
    public required KnownRules Rules { get; init; }

    /// <summary>Why it is asked, for the record: <c>page</c>, <c>csv</c>, <c>ndjson</c>.</summary>
    public required string Purpose { get; init; }
}
