using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>All that is known of one request: what the waterfall draws and the table beside it lists.</summary>
public sealed record RequestStory
{
    public required StoryRequest Request { get; init; }

    public required RevisionKey Revision { get; init; }

    /// <summary>Settings of the revision, where known.</summary>
    public RevisionSettings? Settings { get; init; }

    /// <summary>Empty when the request names none.</summary>
    public string Instance { get; init; } = "";

    /// <summary>Lines in order of time, certain ones and probable ones (<see cref="StoryLine.Probable"/>).</summary>
    public IReadOnlyList<StoryLine> Lines { get; init; } = [];

    /// <summary>Stretches without CPU, in order of time.</summary>
    public IReadOnlyList<Freeze> Freezes { get; init; } = [];

    /// <summary>Other requests of the same instance near it, in order of their start.</summary>
    public IReadOnlyList<StoryRequest> Others { get; init; } = [];

    /// <summary>How many more there are that are not listed.</summary>
    public int OthersLeftOff { get; init; }

    /// <summary>Certain lines after the response.</summary>
    public IEnumerable<StoryLine> Late =>
        Lines.Where(line => !line.Probable && line.Class is (EntryClass.AfterResponse or EntryClass.Resumed));

    /// <summary>The last instant that belongs to the picture.</summary>
    public long LastNs => Lines.Aggregate(Math.Max(Request.EndNs, Request.StartNs), (last, line) => Math.Max(last, line.TimestampNs));
}
