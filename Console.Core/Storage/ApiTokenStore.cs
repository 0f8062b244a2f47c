using Microsoft.EntityFrameworkCore;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage;

/// <summary>Tokens of the HTTP API in the console's database.</summary>
public sealed class ApiTokenStore(ConsoleDatabase database, RecordedWrites writes) : IApiTokenStore
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.Open();
            return [.. (await db.ApiTokens.AsNoTracking().ToListAsync(cancellationToken)).Select(Read)];
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            database.Look(e);
            throw new AuditUnavailableException($"The tokens cannot be read: {DatabaseFault.Sentence(e)}", e);
        }
    }

    /// <inheritdoc />
    public Task AddAsync(ApiToken token, AuditEvent record, CancellationToken cancellationToken) => writes.WriteAsync(
        record,
        async db =>
        {
            db.ApiTokens.Add(new ApiTokenRow
            {
                Id = token.Id,
                Name = token.Name,
                Workspace = token.Workspace,
                Scope = token.Scope.ToString(),
                Hash = token.Hash.ToArray(),
                MadeBy = token.MadeBy,
                MadeAt = token.MadeAt.ToUnixTimeMilliseconds(),
                ExpiresAt = token.ExpiresAt.ToUnixTimeMilliseconds(),
            });
            await db.SaveChangesAsync(cancellationToken);
            await NewsChannel.TellAsync(db, NewsTopic.Tokens, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> RevokeAsync(Guid id, string by, DateTimeOffset at, AuditEvent record, CancellationToken cancellationToken) => writes.WriteAsync(
        record,
        async db =>
        {
            await NewsChannel.TellAsync(db, NewsTopic.Tokens, cancellationToken);
            return await db.ApiTokens.Where(row => row.Id == id && row.RevokedAt == null).ExecuteUpdateAsync(
                set => set.SetProperty(static row => row.RevokedAt, at.ToUnixTimeMilliseconds()).SetProperty(static row => row.RevokedBy, by), cancellationToken) == 1;
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task UsedAsync(Guid id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            database.RefuseDamaged();
            await using var db = database.Open();
            await db.ApiTokens.Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(static row => row.LastUsedAt, at.ToUnixTimeMilliseconds()), cancellationToken);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            database.Look(e);
            throw new AuditUnavailableException($"The use of a token cannot be noted: {DatabaseFault.Sentence(e)}", e);
        }
    }

    private static ApiToken Read(ApiTokenRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Workspace = row.Workspace,
        Scope = Enum.Parse<ApiScope>(row.Scope),
        Hash = row.Hash,
        MadeBy = row.MadeBy,
        MadeAt = DateTimeOffset.FromUnixTimeMilliseconds(row.MadeAt),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt),
        RevokedAt = Time(row.RevokedAt),
        RevokedBy = row.RevokedBy,
        LastUsedAt = Time(row.LastUsedAt),
    };

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
