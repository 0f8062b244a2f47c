using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>The life of one instance: why it started, every request aboard, late work, gaps without CPU, and how it ended.</summary>
public sealed record InstanceView
{
    /// <summary>At most so many requests and so many lines are in the picture; the rest is counted.</summary>
    public const int MaxShown = 2000;

    public required string Instance { get; init; }

    public required RevisionKey Revision { get; init; }

    /// <summary>First sign of life in these logs.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last sign of life in these logs.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The platform's own words: <c>Starting new instance. Reason: AUTOSCALING - …</c>; empty when the start is not in the logs.</summary>
    public required string StartReason { get; init; }

    /// <summary>When it was started; null when the start is not in the logs.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Requests aboard in lanes, by start.</summary>
    public required IReadOnlyList<RequestBar> Requests { get; init; }

    public required int RequestCount { get; init; }

    /// <summary>After-response, resumed and idle-instance lines, by time.</summary>
    public required IReadOnlyList<EntryMark> LateLines { get; init; }

    public required int LateLineCount { get; init; }

    /// <summary>All platform lines of the instance, by time: probes, memory, signals, stop.</summary>
    public required IReadOnlyList<EntryMark> PlatformLines { get; init; }

    /// <summary>Lines of its start-up and shutdown, by time.</summary>
    public required IReadOnlyList<EntryMark> LifeLines { get; init; }

    public required IReadOnlyList<Freeze> Freezes { get; init; }

    /// <summary>How it ended.</summary>
    public required DeathCause Death { get; init; }

    /// <summary>When its end began; null without a sign of it.</summary>
    public DateTimeOffset? DiedAt { get; init; }

    /// <summary>Requests in flight when it ended.</summary>
    public required IReadOnlyList<RequestBar> Aboard { get; init; }

    /// <summary>Requests that were answered before, but whose work had gone on after the response and was last seen in the minute before the end.</summary>
    public required IReadOnlyList<RequestBar> LateWorkAboard { get; init; }

    /// <summary>What happened, in a sentence or two for people who are not engineers.</summary>
    public required string Sentence { get; init; }

    /// <summary>Number of an instance; -1 when these logs do not have it.</summary>
    public static int Find(Analysis analysis, string instance)
    {
        for (var i = 0; i < analysis.Table.Instances.Count; i++)
        {
            if (string.Equals(analysis.Table.Instances[i], instance, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Builds it. Reads over all rows once.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="instance">Number of the instance, from <see cref="Find"/>.</param>
    public static InstanceView Of(Analysis analysis, int instance) => new InstanceViewBuilder(analysis, instance).Build();
}
