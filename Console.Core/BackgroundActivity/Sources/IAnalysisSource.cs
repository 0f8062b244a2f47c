using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>
/// A set of logs with its analysis, shared by all who look at it. Every property may change between two reads;
/// take <see cref="Current"/> once and work on that: it is an immutable snapshot, replaced as a whole.
/// </summary>
public interface IAnalysisSource
{
    /// <summary>Its name in addresses.</summary>
    AnalysisId Id { get; }

    /// <summary>For people: <c>Live logs of acme-prod</c>, or the name of an uploaded file.</summary>
    string Title { get; }

    /// <summary>Where the logs come from.</summary>
    SourceKind Kind { get; }

    /// <summary>Project; for uploads the first project in the file, empty until it was read.</summary>
    string Project { get; }

    /// <summary>Services that a window is limited to; empty means all.</summary>
    IReadOnlyList<string> Services { get; }

    /// <summary>Start of what <see cref="Current"/> covers (for a window: of what was asked for); null when nothing was read.</summary>
    DateTimeOffset? From { get; }

    /// <summary>End of what <see cref="Current"/> covers (for a window: of what was asked for); null when nothing was read.</summary>
    DateTimeOffset? To { get; }

    /// <summary>What it is doing.</summary>
    SourceState State { get; }

    /// <summary>How far it is.</summary>
    SourceProgress Progress { get; }

    /// <summary>The failure of the last call where there was one; cleared when it recovers.</summary>
    CloudRunError? Error { get; }

    /// <summary>What is wrong, for people, and what happens next; null when all is well.</summary>
    string? Problem { get; }

    /// <summary>What a reader must know about the extent: a window cut by the memory cap, polling paused, settings that could not be read.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>The analysis; null until something was read.</summary>
    Analysis? Current { get; }

    /// <summary>Changes whenever <see cref="Current"/> does.</summary>
    string Version { get; }

    /// <summary>
    /// Calls back after changes, at most once a second. Looking counts: a live source polls and an upload is read only
    /// while somebody is subscribed (and a while longer). Dispose of the result to stop.
    /// </summary>
    /// <param name="changed">Runs on any thread; what it throws is logged.</param>
    IDisposable Subscribe(Func<Task> changed);
}
