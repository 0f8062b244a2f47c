namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>A legal hold: as long as it stands, nothing that it covers is pruned or erased.</summary>
public sealed record LegalHold
{
    /// <summary>Id of its event.</summary>
    public required string Id { get; init; }

    /// <summary>The workspace whose events it covers; empty for all.</summary>
    public required string Workspace { get; init; }

    /// <summary>Who set it: id.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was released; null while it stands.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>Index of its event; null while that is not sealed.</summary>
    public long? Index { get; init; }
}
