namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>A token of the HTTP API as it is kept: never the secret itself.</summary>
public sealed record ApiToken
{
    /// <summary>Id, for the list and for revoking.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name of the source that uses it; stands as <see cref="AuditPosition.AppendedBy"/> in every event that it brings.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The only workspace whose events it may send, or all that begin as it does where it ends in <c>*</c> (a service with many tenants);
    /// empty for <see cref="ApiScope.ReadLog"/>.
    /// </summary>
    public required string Workspace { get; init; }

    /// <summary>What it is for.</summary>
    public required ApiScope Scope { get; init; }

    /// <summary>SHA-256 of the secret. The secret has 256 random bits: nothing slower is needed, there is nothing to guess.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>From when on it is refused.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Who revoked it.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>When it was last used, to the minute; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The workspace of events that name none; null where there are several.</summary>
    public string? OneWorkspace => Workspace.EndsWith('*') ? null : Workspace;

    /// <summary>Whether it may send events of a workspace.</summary>
    public bool Covers(string workspace) => Covers(Workspace, workspace);

    /// <summary>Whether a workspace, or a pattern of several, has another one in it. The console's own is in none.</summary>
    public static bool Covers(string pattern, string workspace) =>
        !string.Equals(workspace, AuditWorkspaces.Console, StringComparison.Ordinal)
        && (pattern.EndsWith('*') ? workspace.StartsWith(pattern[..^1], StringComparison.Ordinal) : string.Equals(workspace, pattern, StringComparison.Ordinal));

    /// <summary>Whether it is good at a time.</summary>
    public bool IsGoodAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;
}
