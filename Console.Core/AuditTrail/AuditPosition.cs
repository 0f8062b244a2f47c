namespace OpsConsole.Core.AuditTrail;

/// <summary>Where an event stands: first recorded, then sealed in the tree, then covered by a signed checkpoint, then cosigned.</summary>
public sealed record AuditPosition
{
    /// <summary>Number in order of arrival.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was recorded, microseconds UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Which way it came in.</summary>
    public required AuditVia Via { get; init; }

    /// <summary>Who appended it: the token's name, the database role, or the console.</summary>
    public required string AppendedBy { get; init; }

    /// <summary>Index of its leaf; null while it is not sealed.</summary>
    public long? Index { get; init; }

    /// <summary>When it was sealed; null while it is not.</summary>
    public DateTimeOffset? SealedAt { get; init; }
}
