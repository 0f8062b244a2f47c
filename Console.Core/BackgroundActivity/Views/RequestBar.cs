using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>A request as a bar on a time line.</summary>
public sealed record RequestBar
{
    /// <summary>Number in <see cref="LogTable.Requests"/>.</summary>
    public required int Request { get; init; }

    public required string InsertId { get; init; }

    public required RevisionKey Revision { get; init; }

    /// <summary>Empty when no instance took the request.</summary>
    public required string Instance { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>When its response was complete; equal to <see cref="Start"/> for aborted requests.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The platform rejected or aborted it: there is no work of its own.</summary>
    public bool Aborted { get; init; }

    public string Method { get; init; } = "";

    /// <summary>Path with query, without scheme and host.</summary>
    public string Path { get; init; } = "";

    /// <summary>0 when absent.</summary>
    public int Status { get; init; }

    /// <summary>As logged; null when absent. It may differ from <see cref="End"/> − <see cref="Start"/>: it leaves waits for an instance out.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Text that the platform added, where it ended or refused the request.</summary>
    public string Text { get; init; } = "";

    /// <summary>Row to draw it in, from 0, so that bars do not overlap.</summary>
    public int Lane { get; init; }

    /// <summary>True when it woke the instance and let work go on that stood still.</summary>
    public bool Wakes { get; init; }

    /// <summary>Lines of it after its end (after-response and resumed).</summary>
    public int LateLines { get; init; }
}
