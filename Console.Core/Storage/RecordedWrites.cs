using Microsoft.EntityFrameworkCore;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Crashing;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage;

/// <summary>Changes of the console's own tables, each with its event in the same transaction: both are committed, or neither.</summary>
public sealed class RecordedWrites(ConsoleDatabase database, TimeProvider time)
{
    private readonly AuditSql _sql = AuditSql.For(database, time);

    /// <summary>Appends the event and makes the change.</summary>
    /// <param name="record">The event.</param>
    /// <param name="change">The change, on a unit of work that is inside of the transaction; false when there is nothing to change, and then there is no event.</param>
    /// <param name="cancellationToken">Cancels before the commit, or not at all.</param>
    /// <returns>What the change returned.</returns>
    /// <exception cref="AuditUnavailableException">Neither was committed.</exception>
    public async Task<bool> WriteAsync(AuditEvent record, Func<ConsoleDb, Task<bool>> change, CancellationToken cancellationToken)
    {
        if (AuditTrail.Events.AuditEventReader.WhyRefused(record) is { } why)
        {
            throw new AuditUnavailableException($"The audit trail cannot record this: {why}");
        }

        try
        {
            var changed = await _sql.AppendAsync(
                [record],
                AuditVia.Console,
                AuditTrail.AuditTrail.AppendedBy,
                async (connection, transaction, _) =>
                {
                    await using var db = database.Open();
                    db.Database.SetDbConnection(connection);
                    await db.Database.UseTransactionAsync(transaction, cancellationToken);
                    var done = await change(db) ? true : throw new NothingToChange();
                    CrashPoints.At(CrashStep.OwnActWritten);
                    return done;
                },
                cancellationToken);
            CrashPoints.At(CrashStep.OwnActCommitted);
            return changed;
        }
        catch (NothingToChange)
        {
            return false;
        }
        catch (Exception e) when (AuditSql.IsFailure(e) || e is DbUpdateException)
        {
            throw _sql.Unavailable("take this change now", e is DbUpdateException { InnerException: { } cause } ? cause : e);
        }
    }

    // Rolls the transaction back.
    private sealed class NothingToChange : Exception;
}
