namespace OpsConsole.Core.AuditTrail;

/// <summary>Who did it, as known at that time. Everything here but <see cref="Type"/> is personal: the log holds salted commitments of it.</summary>
public sealed record AuditActor
{
    /// <summary>A person, a program, or the console itself.</summary>
    public required AuditActorType Type { get; init; }

    /// <summary>Stable id: an e-mail address, a service account, a name of a job. At most 320 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Name as shown at that time.</summary>
    public string? DisplayName { get; init; }

    /// <summary>For whom it was done, where that is somebody else.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Session or token id.</summary>
    public string? Session { get; init; }

    /// <summary>Address of the caller.</summary>
    public string? Ip { get; init; }

    /// <summary>The caller's User-Agent.</summary>
    public string? UserAgent { get; init; }
}
