namespace OpsConsole.Core.AuditTrail;

/// <summary>Which program reported the event.</summary>
public sealed record AuditSource
{
    /// <summary>Service, for example a Cloud Run service's name.</summary>
    public required string Service { get; init; }

    /// <summary>Revision.</summary>
    public string? Revision { get; init; }

    /// <summary>Instance id.</summary>
    public string? Instance { get; init; }
}
