namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>The first book: what Cloud Run itself says of a service or worker pool now.</summary>
public sealed record CloudFact
{
    public required BookKey Key { get; init; }

    /// <summary>Its generation; 0 where the API does not say.</summary>
    public long Generation { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Who changed it last.</summary>
    public string LastModifier { get; init; } = "";

    /// <summary>Its revisions.</summary>
    public IReadOnlyList<CloudRevision> Revisions { get; init; } = [];
}
