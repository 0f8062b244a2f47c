using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>The life of one instance as the logs tell it. Times are nanoseconds since the Unix epoch.</summary>
public sealed record InstanceStory
{
    public required string Instance { get; init; }

    public required RevisionKey Revision { get; init; }

    public RevisionSettings? Settings { get; init; }

    /// <summary>First and last sign of it in the window.</summary>
    public required long FirstNs { get; init; }

    public required long LastNs { get; init; }

    /// <summary>When it began to start; null when that lies before the window or no message says it.</summary>
    public long? StartedNs { get; init; }

    /// <summary>Why, in the platform's words; empty when not known.</summary>
    public string StartReason { get; init; } = "";

    /// <summary>When it could take requests; null when not known.</summary>
    public long? ReadyNs { get; init; }

    /// <summary>When its stop began; null when it is not known to have stopped.</summary>
    public long? StoppedNs { get; init; }

    /// <summary>How it ended, in words; empty when not known.</summary>
    public string StopReason { get; init; } = "";

    /// <summary>It did not stop in good order: memory limit, signal, exit.</summary>
    public bool Died { get; init; }

    /// <summary>Every request aboard, in order of start.</summary>
    public IReadOnlyList<StoryRequest> Requests { get; init; } = [];

    /// <summary>Background work on it, in order of time.</summary>
    public IReadOnlyList<StoryLine> Late { get; init; } = [];

    /// <summary>Messages of Cloud Run itself, in order of time.</summary>
    public IReadOnlyList<StoryLine> Platform { get; init; } = [];

    /// <summary>Stretches without CPU in which work stood still.</summary>
    public IReadOnlyList<Freeze> Freezes { get; init; } = [];

    /// <summary>Requests that were aboard when it died.</summary>
    public IEnumerable<StoryRequest> AboardAtDeath => Died ? Requests.Where(request => request.Aboard) : [];
}
