using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.Storage;

/// <summary>Reading that is broken off ends at once: PostgreSQL is told, instead of being listened to until a table of millions is over.</summary>
public sealed class BrokenOffReadingTests
{
    [Fact]
    public async Task Ledger_BrokenOff_DoesNotReadTheRest()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Postgres);
        await bench.Database.ExecuteAsync("DROP TABLE audit.gap CASCADE");

        // Quick for the first rows, and then an hour long.
        await bench.Database.ExecuteAsync(
            "CREATE VIEW audit.gap AS SELECT leaf_index, from_seq, to_seq + coalesce(length(CASE WHEN leaf_index > 20000 THEN pg_sleep(0.1)::text END), 0) AS to_seq FROM (SELECT g AS leaf_index, g AS from_seq, g AS to_seq FROM generate_series(0::bigint, 60000) g) t ORDER BY leaf_index");

        await Task.Run(async () =>
        {
            await using var snapshot = await new LedgerSource(bench.Database.Database).OpenAsync(CancellationToken.None);
            await foreach (var rows in snapshot.ReadAsync(LedgerTable.Gap, 0, long.MaxValue, CancellationToken.None))
            {
                rows.Dispose();
                break;
            }
        }).WaitAsync(TimeSpan.FromSeconds(120));
        Assert.Equal(0, await bench.Database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY%'"));
    }
}
