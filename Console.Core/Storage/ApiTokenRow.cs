namespace OpsConsole.Core.Storage;

/// <summary>A token of the HTTP API. Revoked ones stay: their events name them. Times are milliseconds since 1970 in UTC.</summary>
public sealed class ApiTokenRow
{
    public Guid Id { get; set; }

    public required string Name { get; set; }

    public required string Workspace { get; set; }

    /// <summary>Name of the scope.</summary>
    public required string Scope { get; set; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] Hash { get; set; }

    public required string MadeBy { get; set; }

    public long MadeAt { get; set; }

    public long ExpiresAt { get; set; }

    public long? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }

    public long? LastUsedAt { get; set; }
}
