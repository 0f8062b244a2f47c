namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>Where tokens are kept.</summary>
public interface IApiTokenStore
{
    /// <summary>All tokens, revoked and expired ones too.</summary>
    /// <exception cref="AuditUnavailableException">The database cannot be reached.</exception>
    Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds a token and its event, in one transaction.</summary>
    /// <exception cref="AuditUnavailableException">Neither was written.</exception>
    Task AddAsync(ApiToken token, AuditEvent record, CancellationToken cancellationToken);

    /// <summary>Marks a token as revoked and adds the event, in one transaction; false when it was revoked before, or is none.</summary>
    /// <exception cref="AuditUnavailableException">Neither was written.</exception>
    Task<bool> RevokeAsync(Guid id, string by, DateTimeOffset at, AuditEvent record, CancellationToken cancellationToken);

    /// <summary>Notes the last use. Not an event: the events that the token brings say more.</summary>
    /// <exception cref="AuditUnavailableException">It was not written.</exception>
    Task UsedAsync(Guid id, DateTimeOffset at, CancellationToken cancellationToken);
}
