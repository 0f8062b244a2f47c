using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>All that will happen if a change is applied now, and the request that does it.</summary>
public sealed record Plan
{
    /// <summary>The service or worker pool.</summary>
    public required ResourceName Resource { get; init; }

    /// <summary>What was asked for.</summary>
    public required Change Change { get; init; }

    /// <summary>Field by field, before and after.</summary>
    public required IReadOnlyList<SettingChange> Settings { get; init; }

    /// <summary>Body of the PATCH: name, etag, and what the mask names, from the raw JSON as it was read.</summary>
    public required string Body { get; init; }

    /// <summary>Paths of the update mask.</summary>
    public required IReadOnlyList<string> Mask { get; init; }

    /// <summary>The state that it was planned on; the API refuses the PATCH where it is another by then.</summary>
    public required string Etag { get; init; }

    /// <summary>True where a new revision comes; false where the change is immediate.</summary>
    public required bool NewRevision { get; init; }

    /// <summary>Short name of the latest revision before; whether one was made is seen from it afterwards.</summary>
    public required string LatestRevision { get; init; }

    /// <summary>When it takes effect, in a sentence.</summary>
    public required string Timing { get; init; }

    /// <summary>Who gets traffic afterwards, in a sentence.</summary>
    public required string Traffic { get; init; }

    /// <summary>What restarts or stops, in a sentence.</summary>
    public required string Restarts { get; init; }

    /// <summary>What it costs more or less.</summary>
    public required CostEffect Cost { get; init; }

    /// <summary>What one should know before.</summary>
    public IReadOnlyList<PlanWarning> Warnings { get; init; } = [];

    /// <summary>What has to be typed to apply it; null where nothing has. Asked where the change takes the service down.</summary>
    public string? TypeToConfirm { get; init; }
}
