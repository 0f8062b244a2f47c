namespace OpsConsole.Core.AuditTrail;

/// <summary>How the sealing goes.</summary>
public sealed record AuditHealth
{
    /// <summary>Events recorded and not sealed yet.</summary>
    public required long Unsealed { get; init; }

    /// <summary>Recording time of the oldest of them; null when all are sealed.</summary>
    public DateTimeOffset? OldestUnsealed { get; init; }

    /// <summary>Leaves in the tree.</summary>
    public required long TreeSize { get; init; }

    /// <summary>Size of the latest signed checkpoint; null before the first.</summary>
    public long? CheckpointSize { get; init; }

    /// <summary>When that was signed.</summary>
    public DateTimeOffset? CheckpointAt { get; init; }

    /// <summary>Problems that are open: a stall, a rollback, an anchor that cannot be reached. Sentences for people, worst first.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Those of them that are an alarm on every screen: an incident, a stall, a store that cannot be reached.</summary>
    public IReadOnlyList<string> Alarms { get; init; } = [];

    /// <summary>How many of them, from the first on, are incidents: somebody took something away, or the log tells another history than before.</summary>
    public int Incidents { get; init; }
}
