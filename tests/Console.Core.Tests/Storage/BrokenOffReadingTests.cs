using Npgsql;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
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

    [Fact]
    public async Task Stream_BrokenOff_DoesNotReadTheRest()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Postgres);
        await bench.AppendAsync([.. Enumerable.Range(0, 400).Select(static i => AnEvent.Of($"e-{i}", details: new { text = new string('x', 200) }))]);
        await bench.SealAsync();

        // Quick for the first rows, in order, and then an hour long: what the rows say is worth a wait only to who reads all of them.
        var columns = await bench.Database.ListAsync<string>("SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'audit' AND table_name = 'search' ORDER BY ordinal_position");
        await bench.Database.ExecuteAsync(
            $"""
            ALTER TABLE audit.search RENAME TO found;
            CREATE FUNCTION audit.dawdle(via text, leaf bigint) RETURNS text LANGUAGE plpgsql VOLATILE AS 'BEGIN IF leaf > 200 THEN PERFORM pg_sleep(20); END IF; RETURN via; END';
            CREATE VIEW audit.search AS SELECT {string.Join(", ", columns.Select(static c => c == "via" ? "audit.dawdle(via::text, leaf_index) AS via" : c))} FROM audit.found ORDER BY leaf_index;
            """);
        var inOrder = new NpgsqlConnectionStringBuilder(bench.Database.Connection) { Options = "-c enable_sort=off -c enable_hashjoin=off -c enable_mergejoin=off" };
        await using var database = ConsoleDatabase.For(inOrder.ToString(), "");
        var reader = new AuditReader(database, TimeProvider.System, new SealSignals());
        await Task.Run(async () =>
        {
            await foreach (var record in reader.StreamAsync(new AuditQuery(), bench.Access(), CancellationToken.None))
            {
                Assert.NotNull(record);
                break;
            }
        }).WaitAsync(TimeSpan.FromSeconds(120));
        Assert.Equal(0, await bench.Database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%audit.search s%' AND pid <> pg_backend_pid()"));
    }
}
