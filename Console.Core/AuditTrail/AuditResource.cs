namespace OpsConsole.Core.AuditTrail;

/// <summary>What it was done to. Stands in clear in the log, so that lists by resource can be proved complete: no personal data here.</summary>
public sealed record AuditResource
{
    /// <summary>Kind, for example <c>run.service</c> or <c>invoice</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Stable id.</summary>
    public string? Id { get; init; }

    /// <summary>Name as shown.</summary>
    public string? Name { get; init; }

    /// <summary>Google Cloud project id.</summary>
    public string? Project { get; init; }

    /// <summary>Region.</summary>
    public string? Location { get; init; }
}
