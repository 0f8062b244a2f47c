using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Core.Storage.Audit.Ledger;

/// <summary>The audit trail's tables in the console's database, for verification.</summary>
public sealed class LedgerSource(ConsoleDatabase database) : ILedgerSource
{
    /// <inheritdoc />
    public string Name => database.Name;

    /// <inheritdoc />
    public async Task<ILedgerSnapshot> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return database.Kind == DatabaseKind.Postgres
                ? await PostgresLedger.OpenAsync(database, cancellationToken)
                : await SqliteLedger.OpenAsync(database, cancellationToken);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw LedgerSql.Unavailable(database, e);
        }
    }
}
