using Microsoft.EntityFrameworkCore;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage;

/// <summary>Ended sessions in the console's database.</summary>
public sealed class SessionStore(ConsoleDatabase database) : ISessionStore
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<EndedSession>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.Open();
            var from = now.ToUnixTimeMilliseconds();
            return [.. (await db.EndedSessions.AsNoTracking().Where(row => row.Until > from).ToListAsync(cancellationToken))
                .Select(static row => new EndedSession(row.Key, DateTimeOffset.FromUnixTimeMilliseconds(row.EndedAt), DateTimeOffset.FromUnixTimeMilliseconds(row.Until)))];
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            database.Look(e);
            throw new AuditUnavailableException($"The sessions that were ended cannot be read: {DatabaseFault.Sentence(e)}", e);
        }
    }

    /// <inheritdoc />
    public async Task AddAsync(EndedSession ended, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            database.RefuseDamaged();
            await using var db = database.Open();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var past = now.ToUnixTimeMilliseconds();
            await db.EndedSessions.Where(row => row.Until <= past || row.Key == ended.Key).ExecuteDeleteAsync(cancellationToken);
            db.EndedSessions.Add(new EndedSessionRow { Key = ended.Key, EndedAt = ended.At.ToUnixTimeMilliseconds(), Until = ended.Until.ToUnixTimeMilliseconds() });
            await db.SaveChangesAsync(cancellationToken);
            await NewsChannel.TellAsync(db, NewsTopic.Sessions, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            database.Look(e);
            throw new AuditUnavailableException($"The end of a session cannot be kept: {DatabaseFault.Sentence(e)}", e);
        }
    }
}
