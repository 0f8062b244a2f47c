using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Storage;

/// <summary>Several consoles that start at the same moment on an empty database.</summary>
public sealed class StartTogetherTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Migrate_ByFourAtOnce_IsDoneOnce(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-start-");
        try
        {
            var connection = kind == DatabaseKind.Postgres ? await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync() : "";
            var databases = Enumerable.Range(0, 4).Select(_ => ConsoleDatabase.For(connection, Path.Combine(folder.FullName, "console.db"))).ToList();

            await Task.WhenAll(databases.Select(static d => Task.Run(() => d.MigrateAsync(CancellationToken.None))));

            await using var db = databases[0].Open();
            Assert.NotEmpty(db.ChangeTracker.Context.Model.GetEntityTypes());
            foreach (var database in databases)
            {
                await database.MigrateAsync(CancellationToken.None);
                await database.DisposeAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Migrate_AfterAProcessThatDiedWhileMigrating_DoesNotWaitForIt()
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-start-");
        try
        {
            await using var database = ConsoleDatabase.For("", Path.Combine(folder.FullName, "console.db"));
            await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder.FullName, "console.db")}"))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')""";
                await command.ExecuteNonQueryAsync();
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await database.MigrateAsync(limit.Token);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(70)]
    [InlineData(1500)]
    public async Task Seal_ByAClockThatIsWrong_HasAPartitionAllTheSame(int days)
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Postgres, new Testing.ManualTimeProvider(TimeProvider.System.GetUtcNow().AddDays(days)));
        await bench.AppendAsync(AnEvent.Many(3));
        await bench.SealAsync();

        Assert.Equal(3, (await bench.VerifyAsync()).Size);
    }

    [Fact]
    public async Task Seal_OverTheEndOfTheMonth_GoesOnInTheNextOne()
    {
        var time = new Testing.ManualTimeProvider(new DateTimeOffset(2031, 12, 31, 23, 59, 59, TimeSpan.Zero));
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Postgres, time);
        await using var session = await bench.SealStore.OpenAsync(CancellationToken.None);
        var run = new Core.AuditTrail.Sealing.SealRun(await session!.LoadAsync(CancellationToken.None));
        for (var i = 0; i < 3; i++)
        {
            await bench.AppendAsync(AnEvent.Many(2, $"m{i}-"));
            await bench.Sealer().PassAsync(session, run, CancellationToken.None);
            time.Advance(TimeSpan.FromDays(31));
        }

        Assert.Equal(3L, await bench.Database.ScalarAsync<long>("SELECT count(DISTINCT tableoid) FROM audit.event"));
        Assert.Equal(6, (await bench.VerifyAsync()).Size);
    }
}
