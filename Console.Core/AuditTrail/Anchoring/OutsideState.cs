namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>How an anchor or a witness stands, for the screen.</summary>
public sealed record OutsideState
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>True for a witness.</summary>
    public required bool IsWitness { get; init; }

    /// <summary>Where it is, for people.</summary>
    public required string Where { get; init; }

    /// <summary>The largest checkpoint that it has; 0 when it has none.</summary>
    public long Size { get; init; }

    /// <summary>When it got that.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Checkpoints that it does not have yet.</summary>
    public long Behind { get; init; }

    /// <summary>Since when it is behind.</summary>
    public DateTimeOffset? BehindSince { get; init; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>True when what is wrong is an incident: the database was set back, or tells another history.</summary>
    public bool IsIncident { get; init; }

    /// <summary>When it is tried again; null when nothing has to be.</summary>
    public DateTimeOffset? TryAgainAt { get; init; }
}
