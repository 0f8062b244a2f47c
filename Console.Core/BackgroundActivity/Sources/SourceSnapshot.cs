using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>Everything about a source that changes, replaced as a whole.</summary>
internal sealed record SourceSnapshot
{
    public string Project { get; init; } = "";

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public SourceState State { get; init; }

    public SourceProgress Progress { get; init; } = new();

    public CloudRunError? Error { get; init; }

    public string? Problem { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public Analysis? Current { get; init; }

    public int Version { get; init; }
}
