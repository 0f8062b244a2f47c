using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Running;

/// <summary>A change on its way, as it stands now. Immutable: each step makes a new one.</summary>
public sealed record ChangeRun
{
    /// <summary>Id of the intent in the audit trail.</summary>
    public required string Id { get; init; }

    /// <summary>The service, worker pool or job.</summary>
    public required ResourceName Resource { get; init; }

    /// <summary>What is changed.</summary>
    public required Change Change { get; init; }

    /// <summary>Field by field.</summary>
    public required IReadOnlyList<SettingChange> Settings { get; init; }

    /// <summary>The state that it was planned on.</summary>
    public required string Etag { get; init; }

    /// <summary>True where a new revision comes.</summary>
    public required bool NewRevision { get; init; }

    /// <summary>Short name of the latest revision before.</summary>
    public required string LatestRevision { get; init; }

    /// <summary>Id of whoever asked for it.</summary>
    public required string ActorId { get; init; }

    /// <summary>Name of whoever asked for it.</summary>
    public required string ActorName { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public ChangePhase Phase { get; init; }

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<ChangeStep> Steps { get; init; } = [];

    /// <summary>Name of the operation; empty where there is none.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Short name of the revision that it made, or of the execution that it started or cancelled; empty where there is none (yet).</summary>
    public string Revision { get; init; } = "";

    /// <summary>How it ended, for people; empty before.</summary>
    public string Message { get; init; } = "";

    /// <summary>True where a permission was missing.</summary>
    public bool Denied { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>False while the outcome waits for the audit trail to come back.</summary>
    public bool OutcomeRecorded { get; init; }

    /// <summary>True where the end could not be seen: no outcome is recorded, and the next start of the console looks again.</summary>
    public bool LeftOpen { get; init; }

    /// <summary>Id of the bulk that it is a row of; null where it is none.</summary>
    public string? Bulk { get; init; }

    /// <summary>Id of the gradual move that it is a further step of; null where it is none.</summary>
    public string? Move { get; init; }

    /// <summary>Id of the request that a second person approved; null where none was needed.</summary>
    public string? Approval { get; init; }

    /// <summary>Who approved it; null where nobody had to.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>The console that carries it out, where several share a trail.</summary>
    public string Console { get; init; } = "";

    /// <summary>What it does, as a button says it.</summary>
    public string Title => Change.Title;

    /// <summary>True once nothing more happens by itself.</summary>
    public bool IsOver => EndedAt is not null;
}
