using System.Globalization;
using Npgsql;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

/// <summary>Sealing in PostgreSQL, where transactions overlap.</summary>
public sealed class PostgresSealerTests() : SealerContract(DatabaseKind.Postgres)
{
    [Fact]
    public async Task Seal_WhileManyTransactionsCommitAndRollBack_SealsEveryNumberOrDeclaresItVoid()
    {
        // Small batches, so that one is read while another is written.
        using var stop = new CancellationTokenSource();
        var sealing = Bench.Sealer(batch: 4).RunAsync(stop.Token);
        var committed = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 12),
            new ParallelOptions { MaxDegreeOfParallelism = 12 },
            async (writer, cancellationToken) =>
            {
                var random = new Random(writer);
                await using var connection = new NpgsqlConnection(Bench.Database.Connection);
                await connection.OpenAsync(cancellationToken);
                for (var i = 0; i < 25; i++)
                {
                    await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                    var ids = Enumerable.Range(0, random.Next(1, 4)).Select(k => string.Create(CultureInfo.InvariantCulture, $"w{writer}-{i}-{k}")).ToList();
                    foreach (var id in ids)
                    {
                        await using var append = new NpgsqlCommand($"SELECT audit.append('{AuditEventWriter.Print(AnEvent.Of(id))}')", connection, transaction);
                        await append.ExecuteNonQueryAsync(cancellationToken);
                        await Task.Delay(random.Next(0, 8), cancellationToken);
                    }

                    if (random.Next(4) == 0)
                    {
                        await transaction.RollbackAsync(cancellationToken);
                    }
                    else
                    {
                        await transaction.CommitAsync(cancellationToken);
                        ids.ForEach(committed.Add);
                    }
                }
            });
        await stop.CancelAsync();
        await sealing;

        // Numbers are judged once all older transactions of the whole server have ended, and other tests use it too.
        for (var i = 0; i < 200 && await Bench.Database.ScalarAsync<long>("SELECT last_value - coalesce((SELECT value FROM audit.progress WHERE name = 'settled'), 0) FROM audit.event_seq") > 0; i++)
        {
            await Bench.SealAsync();
            await Task.Delay(50);
        }

        var leaves = await LeavesAsync();
        var events = leaves.OfType<EventLeaf>().Where(static e => e.Workspace == "acme-prod").ToList();
        Assert.Equal(committed.Order(StringComparer.Ordinal), events.Select(static e => e.Id).Order(StringComparer.Ordinal));
        Assert.Empty(leaves.OfType<MissingLeaf>());

        // Every number that was ever given out is in exactly one leaf.
        var numbers = leaves.OfType<EventLeaf>().Select(static e => e.Sequence)
            .Concat(leaves.OfType<VoidLeaf>().SelectMany(static v => Enumerable.Range((int)v.From, (int)(v.To - v.From + 1)).Select(static n => (long)n)))
            .Order().ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(static n => (long)n), numbers);
        Assert.Equal(await Bench.Database.ScalarAsync<long>("SELECT last_value FROM audit.event_seq"), numbers[^1]);
        Assert.NotEmpty(leaves.OfType<VoidLeaf>());
        await Bench.VerifyAsync();
    }

    [Fact]
    public async Task Settle_WhileATransactionWithALowNumberIsOpen_WaitsForIt()
    {
        await using var slow = new NpgsqlConnection(Bench.Database.Connection);
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using (var append = new NpgsqlCommand($"SELECT audit.append('{AuditEventWriter.Print(AnEvent.Of("slow"))}')", slow, transaction))
        {
            await append.ExecuteNonQueryAsync();
        }

        await Bench.AppendAsync(AnEvent.Many(5));
        for (var i = 0; i < 5; i++)
        {
            await Bench.SealAsync();
        }

        // Number 1 is neither void nor missing: it may still come, and it does.
        Assert.Equal(5, (await LeavesAsync()).Count);
        await transaction.CommitAsync();
        await Bench.SealAsync();
        Assert.Equal("slow", Assert.IsType<EventLeaf>((await LeavesAsync())[5]).Id);
        Assert.Empty((await LeavesAsync()).OfType<VoidLeaf>());
    }

    [Fact]
    public async Task Session_WhoseConnectionWasKilled_CannotWriteAnyMore()
    {
        await Bench.AppendAsync(AnEvent.Many(2));
        await using var session = await Bench.SealStore.OpenAsync(CancellationToken.None);
        var state = await session!.LoadAsync(CancellationToken.None);
        await Bench.Database.ExecuteAsync("SELECT pg_terminate_backend(pid, 30000) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

        // Another takes the place while the first still believes to have it.
        await Bench.SealAsync();
        await Assert.ThrowsAsync<Core.AuditTrail.AuditUnavailableException>(() => session.ReadInboxAsync(10, CancellationToken.None));
        Assert.Equal(0, state.Tiles.Size);
        Assert.Equal(2, (await Bench.VerifyAsync()).Size);
    }

    [Theory]
    [InlineData("TRUNCATE audit.event_{0}")]
    [InlineData("DELETE FROM audit.event_{0}")]
    [InlineData("UPDATE audit.event_{0} SET leaf = ''")]
    [InlineData("TRUNCATE audit.leaf CASCADE")]
    public async Task Triggers_OfPartitionsUnderReplicaRole_Hold(string tamper)
    {
        await Bench.AppendAsync(AnEvent.Many(2));
        await Bench.SealAsync();
        var month = Bench.Time.GetUtcNow().ToString("yyyy_MM", CultureInfo.InvariantCulture);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresCluster.ExecuteAsync(
            Bench.Database.Connection, $"SET session_replication_role = replica; {string.Format(CultureInfo.InvariantCulture, tamper, month)}"));

        Assert.Equal("AU403", refused.SqlState);
    }

    protected override Task TakeAwayAsync(string statement) => PostgresCluster.ExecuteAsync(
        Bench.Database.Connection,
        $"ALTER TABLE audit.inbox DISABLE TRIGGER ALL; ALTER TABLE audit.checkpoint DISABLE TRIGGER ALL; {statement}");
}
