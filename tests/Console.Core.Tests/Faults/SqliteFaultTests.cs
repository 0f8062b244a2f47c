using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.Faults;

/// <summary>The SQLite file full, held by another program, damaged, cut, replaced: what is said, and that it is never written over.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opsconsole-faults-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Full_IsRefusedWithWhatToDo_AndWhatWasAcknowledgedIsThere()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        await bench.AppendAsync(AnEvent.Of("first"));
        await LimitPagesAsync(bench.Database.Database, 0);
        var acknowledged = 1;
        var refusal = "";
        while (refusal.Length == 0)
        {
            try
            {
                var results = await bench.AppendAsync([.. Enumerable.Range(0, 50).Select(i => AnEvent.Of($"{acknowledged}-{i}"))]);
                acknowledged += results.Count(static r => r is AppendResult.Recorded);
            }
            catch (AuditUnavailableException e)
            {
                refusal = e.Message;
            }
        }

        Assert.Contains("full", refusal, StringComparison.Ordinal);
        Assert.Contains("make room", refusal, StringComparison.Ordinal);
        Assert.Null(bench.Database.Database.Damage);

        await LimitPagesAsync(bench.Database.Database, 100_000);
        Assert.IsType<AppendResult.Recorded>((await bench.AppendAsync(AnEvent.Of("last")))[0]);
        await bench.SealAsync();
        Assert.Equal(acknowledged + 1, (await bench.VerifyAsync()).Size);
    }

    [Fact]
    public async Task Locked_ByAnotherProgram_IsSaidInBoundedTime_AndGoesOnAfter()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        await using (var other = new SqliteConnection(bench.Database.Connection))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);
            var begin = TimeProvider.System.GetTimestamp();

            var e = await Assert.ThrowsAsync<AuditUnavailableException>(() => bench.AppendAsync(AnEvent.Of("during")));

            Assert.Contains("Another program holds the file", e.Message, StringComparison.Ordinal);
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(40));
        }

        Assert.IsType<AppendResult.Recorded>((await bench.AppendAsync(AnEvent.Of("during")))[0]);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("header")]
    [InlineData("middle")]
    [InlineData("half")]
    public async Task Start_WithADamagedFile_NamesIt_AndTouchesNothing(string damage)
    {
        var file = await SealedFileAsync(200);
        Break(file, damage);
        var before = Hashes();

        await using var database = new ConsoleDatabase(file);
        var e = await Assert.ThrowsAsync<DatabaseException>(() => database.MigrateAsync(CancellationToken.None));

        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.Contains("start from a backup", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsAway);
        database.CloseIdle();
        Assert.Equal(before, Hashes());

        // A backup put in its place is looked at, found good, and used.
        await using var other = new ConsoleDatabase(await SealedFileAsync(3, "backup"));
        await other.MigrateAsync(CancellationToken.None);
        Assert.Null(other.Damage);
    }

    [Fact]
    public async Task Check_BesideWriters_OnAFileThatWasSearchedBefore_FindsNothing()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await bench.AppendAsync(AnEvent.Many(20, $"w{written++}-"));
                await bench.SealAsync();
            }
        });

        // What this process's connections have seen of the words is old each time they are checked.
        for (var i = 0; i < 12; i++)
        {
            var before = Volatile.Read(ref written);
            await bench.Reader.CountAsync(new AuditQuery { Text = "invoice" }, CancellationToken.None);
            for (var waits = 0; waits < 3_000 && Volatile.Read(ref written) < before + 2; waits++)
            {
                await Task.Delay(10);
            }

            await bench.Database.Database.CheckAsync(CancellationToken.None);
            Assert.Null(bench.Database.Database.Damage);
            var report = await new Verifier(new LedgerSource(bench.Database.Database), new FixedWitness(), bench.Time)
                .RunAsync(new VerifyRequest { Full = true, SealerIsStopped = true }, new VerifyTrust { LogKeys = [AuditBench.LogKey.AsLog().Key] }, null, CancellationToken.None);
            Assert.True(report.IsGood, string.Join('\n', report.Problems.Select(static p => p.Sentence)));
        }

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Damaged_WhileItRuns_NothingIsWrittenAnyMore_AndTheNextStartRefuses()
    {
        var file = await SealedFileAsync(400);
        await using var database = new ConsoleDatabase(file);
        await database.MigrateAsync(CancellationToken.None);
        var store = new AuditStore(database, TimeProvider.System, new SealSignals());
        var told = 0;
        database.Spoilt += (_, _) => told++;

        database.CloseIdle();
        var good = await File.ReadAllBytesAsync(file);
        Break(file, "middle");
        await database.CheckAsync(CancellationToken.None);

        Assert.Contains("is damaged", database.Damage, StringComparison.Ordinal);
        Assert.Equal(1, told);
        database.CloseIdle();
        var before = Hashes();
        var e = await Assert.ThrowsAsync<AuditUnavailableException>(() => store.AppendAsync([AnEvent.Of("after")], AuditVia.Console, "t", CancellationToken.None));
        Assert.Contains("keep the file", e.Message, StringComparison.Ordinal);
        Assert.Contains("is damaged", await database.WhyUnreachableAsync(CancellationToken.None), StringComparison.Ordinal);
        database.CloseIdle();
        Assert.Equal(before, Hashes());

        await using (var next = new ConsoleDatabase(file))
        {
            await Assert.ThrowsAsync<DatabaseException>(() => next.MigrateAsync(CancellationToken.None));
        }

        // Not even where it would go well: what lies there now is somebody's copy, and this console knows another state.
        database.CloseIdle();
        await File.WriteAllBytesAsync(file, good);
        await Assert.ThrowsAsync<AuditUnavailableException>(() => store.AppendAsync([AnEvent.Of("after")], AuditVia.Console, "t", CancellationToken.None));
        database.CloseIdle();
        Assert.Equal(good, await File.ReadAllBytesAsync(file));
        await using var restored = new ConsoleDatabase(file);
        await restored.MigrateAsync(CancellationToken.None);
        Assert.False(File.Exists($"{file}.damaged"));
    }

    [Fact]
    public async Task LogCutOff_IsAnIncidentOfTheAnchor()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        await bench.AppendAsync(AnEvent.Of("one"));
        await bench.SealAsync();
        await bench.Database.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");

        // Who reads the file as it is now keeps the log from being written into it. Else that happens when the last connection is closed, and other tests close all that are idle.
        await using var reading = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = bench.Database.Database.Name, Pooling = false }.ToString());
        await reading.OpenAsync();
        await using var snapshot = reading.BeginTransaction(deferred: true);
        await using (var look = reading.CreateCommand())
        {
            look.CommandText = "SELECT count(*) FROM audit_leaf";
            Assert.Equal(1L, await look.ExecuteScalarAsync());
        }

        await bench.AppendAsync(AnEvent.Of("two"));
        await bench.SealAsync();
        var anchor = new FolderAnchor(Path.Combine(_folder.FullName, "anchors"));
        Assert.Null(await Loop(bench.Database.Database, anchor, new SealHealth()).OnceAsync(CancellationToken.None));

        // The file as it lies there, its write-ahead log lost: as after a copy that left it out.
        var copy = Path.Combine(_folder.FullName, "console.db");
        File.Copy(bench.Database.Database.Name, copy);
        await using var database = new ConsoleDatabase(copy);
        await database.MigrateAsync(CancellationToken.None);
        var health = new SealHealth();
        var problem = await Loop(database, anchor, health).OnceAsync(CancellationToken.None);

        Assert.StartsWith("The database was set back from 2 to 1 leaves", problem, StringComparison.Ordinal);
        Assert.Equal(1, health.Current.Incidents);
    }

    [Fact]
    public async Task TakenAway_IsNoticed_AndNotMadeAgain()
    {
        var file = await SealedFileAsync(1);
        await using var database = new ConsoleDatabase(file);
        await database.MigrateAsync(CancellationToken.None);
        Assert.Null(await database.WhyUnreachableAsync(CancellationToken.None));

        File.Move(file, file + ".elsewhere");

        Assert.Contains("was taken away", await database.WhyUnreachableAsync(CancellationToken.None), StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Locks_ThatCannotBeMade_AreFailures_AndNotSomebodyElses()
    {
        var file = await SealedFileAsync(1);
        await using var database = new ConsoleDatabase(file);
        File.Delete($"{file}.migrating");
        Directory.CreateDirectory($"{file}.migrating");
        Directory.CreateDirectory($"{file}.sealer");

        await Assert.ThrowsAsync<DatabaseException>(() => database.MigrateAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAsync<AuditUnavailableException>(() => new SealStore(database, TimeProvider.System).OpenAsync(CancellationToken.None));
    }

    private static AnchorLoop Loop(ConsoleDatabase database, IAnchor anchor, SealHealth health)
    {
        var store = new AuditStore(database, TimeProvider.System, new SealSignals());
        var events = new SystemEvents(store, TimeProvider.System);
        return new AnchorLoop(
            anchor, new LogKeys(AuditBench.Origin, [AuditBench.LogKey]), new AnchorStore(database, TimeProvider.System),
            new Incidents(new AuditReader(database, TimeProvider.System, new SealSignals()), events, health), new SealSignals(), health, new OutsideBoard(), TimeProvider.System);
    }

    // A limit of the real library on the real file: SQLITE_FULL. It belongs to a handle, and the pool gives the same handles out again.
    private static async Task LimitPagesAsync(ConsoleDatabase database, int pages)
    {
        database.CloseIdle();
        await using var connection = new SqliteConnection(database.SqliteConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA max_page_count = {(pages > 0 ? pages : 1)}";
        await command.ExecuteNonQueryAsync();
    }

    private static void Break(string file, string damage)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        switch (damage)
        {
            case "text":
                stream.SetLength(0);
                stream.Write("This is the shopping list of somebody who was in the wrong folder.\n"u8);
                break;
            case "header":
                stream.Write(new byte[64]);
                break;
            case "middle":
                // Whole pages: which of them hold what is SQLite's affair, so the second half goes.
                stream.Position = stream.Length / 2 / 4096 * 4096;
                stream.Write(Enumerable.Repeat((byte)0xA5, (int)(stream.Length - stream.Position)).ToArray());
                break;
            default:
                stream.SetLength(stream.Length / 2);
                break;
        }
    }

    private async Task<string> SealedFileAsync(int events, string folder = "data")
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, folder)).FullName, "console.db");
        await using var database = new ConsoleDatabase(file);
        await database.MigrateAsync(CancellationToken.None);
        var store = new AuditStore(database, TimeProvider.System, new SealSignals());
        await store.AppendAsync([.. Enumerable.Range(0, events).Select(static i => AnEvent.Of($"e-{i}"))], AuditVia.Console, "t", CancellationToken.None);
        return file;
    }

    private Dictionary<string, string> Hashes() => Directory.EnumerateFiles(Path.Combine(_folder.FullName, "data"))
        .Where(static f => Path.GetExtension(f) is ".db" or ".db-wal")
        .ToDictionary(static f => Path.GetFileName(f), static f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))), StringComparer.Ordinal);
}
