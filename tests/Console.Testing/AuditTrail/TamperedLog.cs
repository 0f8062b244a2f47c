using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>
/// A sealed log with a little of everything, in a copy of its own, for somebody who owns the database: triggers are off, constraints may be dropped, the
/// file is writable. Anchors and a witness are outside, as they should be.
/// </summary>
public sealed class TamperedLog : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<DatabaseKind, Lazy<Task<Original>>> Originals = new();
    private readonly ConsoleDatabase _database;
    private readonly DirectoryInfo _folder;
    private readonly string _connection;

    private TamperedLog(ConsoleDatabase database, DirectoryInfo folder, string connection, Original original)
    {
        (_database, _folder, _connection) = (database, folder, connection);
        Trust = original.Trust with { AnchorFolders = [Path.Combine(folder.FullName, "anchors")] };
        Witness = new FixedWitness { Sight = original.Seen };
        Time = new ManualTimeProvider(original.Now + TimeSpan.FromMinutes(1));
    }

    /// <summary>Leaves of the log.</summary>
    public const long Size = 620;

    /// <summary>Sizes of its checkpoints.</summary>
    public static IReadOnlyList<long> Checkpoints { get; } = [100, 300, 560, Size];

    /// <summary>Which database.</summary>
    public DatabaseKind Kind => _database.Kind;

    /// <summary>What is believed.</summary>
    public VerifyTrust Trust { get; set; }

    /// <summary>What the witness says.</summary>
    public FixedWitness Witness { get; }

    /// <summary>The clock.</summary>
    public ManualTimeProvider Time { get; }

    /// <summary>The database as the console has it.</summary>
    public ConsoleDatabase Database => _database;

    /// <summary>How to open the database as its owner.</summary>
    public string Connection => _connection;

    /// <summary>Folder with the anchors in <c>anchors</c>, and the SQLite file.</summary>
    public string Folder => _folder.FullName;

    /// <summary>A copy, with the superuser's hands free.</summary>
    public static async Task<TamperedLog> CreateAsync(DatabaseKind kind)
    {
        var original = await Originals.GetOrAdd(kind, static k => new Lazy<Task<Original>>(() => MakeAsync(k))).Value;
        var folder = Directory.CreateTempSubdirectory("opsconsole-tampered-");
        var anchors = Directory.CreateDirectory(Path.Combine(folder.FullName, "anchors"));
        foreach (var (name, bytes) in original.Anchors)
        {
            await File.WriteAllBytesAsync(Path.Combine(anchors.FullName, name), bytes);
        }

        var file = Path.Combine(folder.FullName, "console.db");
        string connection;
        if (kind == DatabaseKind.Sqlite)
        {
            File.Copy(original.Connection, file);
            connection = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        }
        else
        {
            connection = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync(template: original.Connection);
        }

        var log = new TamperedLog(ConsoleDatabase.For(kind == DatabaseKind.Sqlite ? "" : connection, file), folder, connection, original);
        await log.UnlockAsync();
        return log;
    }

    /// <summary>Verifies.</summary>
    public Task<VerifyReport> VerifyAsync(VerifyRequest? request = null) => new Verifier(new LedgerSource(_database), Witness, Time)
        .RunAsync(request ?? new VerifyRequest { Full = true, SealerIsStopped = true }, Trust, null, CancellationToken.None);

    /// <summary>Runs statements as the superuser; tables are named <c>audit.NAME</c> in both.</summary>
    public async Task<int> ExecuteAsync(string sql, params object?[] parameters)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>All rows of a statement.</summary>
    public async Task<IReadOnlyList<object?[]>> RowsAsync(string sql, params object?[] parameters)
    {
        await using var connection = await OpenAsync();
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add([.. row.Select(static v => v is DBNull ? null : v)]);
        }

        return rows;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        if (Kind == DatabaseKind.Postgres)
        {
            await using var connection = new NpgsqlConnection(_connection);
            NpgsqlConnection.ClearPool(connection);
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<Original> MakeAsync(DatabaseKind kind)
    {
        await using var bench = await AuditBench.CreateAsync(kind);
        var random = new Random(7);
        var witness = Keys.Of("witness.test/w1", 9).AsWitness(bench.Time);
        var made = 0L;
        foreach (var size in Checkpoints)
        {
            var isGapped = kind == DatabaseKind.Postgres && size == 560;
            var events = new List<AuditEvent>();
            while (made + events.Count < size - (isGapped ? 2 : 0))
            {
                var number = made + events.Count;
                events.Add(number % 9 == 4
                    ? AnyEvent.Of(random) with { Id = $"any-{number}" }
                    : AnEvent.Of($"e{number}", actor: $"person{number % 7}@acme.example", details: number % 3 == 0 ? new { amount = number, note = "ok" } : null));
            }

            await bench.AppendAsync(events);
            if (isGapped)
            {
                // A transaction that rolls back leaves a number that is void for ever.
                await bench.Database.ExecuteAsync("DO $$ BEGIN PERFORM nextval('audit.event_seq'); END $$");
                await bench.AppendAsync(AnEvent.Of("behind-the-gap"));
            }

            await (isGapped ? bench.SettleAsync() : bench.SealAsync());
            if (isGapped)
            {
                // The void leaf was sealed by itself, and signed by itself: one checkpoint less makes both databases alike.
                await bench.Database.ExecuteAsync("ALTER TABLE audit.checkpoint DISABLE TRIGGER checkpoint_change; DELETE FROM audit.checkpoint WHERE size = 559; ALTER TABLE audit.checkpoint ENABLE ALWAYS TRIGGER checkpoint_change");
            }

            made = size;
        }

        // A watermark below numbers that are sealed may be raised to them: then it says nothing wrong, and nobody has to find it.
        await bench.SettleAsync();
        await bench.AppendAsync(AnEvent.Of("waiting-1"), AnEvent.Of("waiting-2"));
        return await SnapshotAsync(bench, witness, kind);
    }

    private static async Task<Original> SnapshotAsync(AuditBench bench, ISigner witness, DatabaseKind kind)
    {
        var anchors = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var kept = await bench.Log.CheckpointsAsync(0, 100, CancellationToken.None);
        if (!kept.Select(static c => c.Size).SequenceEqual(Checkpoints))
        {
            throw new InvalidOperationException($"The log has checkpoints of {string.Join(", ", kept.Select(static c => c.Size))}.");
        }

        SignedCheckpoint seen = kept[^1].Signed;
        foreach (var one in kept)
        {
            anchors[$"{one.Size:D20}.checkpoint"] = one.Signed.ToBytes();
            var line = witness.Sign(one.Signed.Note.Text);
            seen = one.Signed.With([line]);
            var at = ((NoteVerification.Verified)seen.Note.Verify([witness.Key])).By[0].Time!.Value;
            var time = kind == DatabaseKind.Sqlite ? $"{(at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}" : $"'{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z'";
            await bench.Database.ExecuteAsync($"INSERT INTO audit.cosignature (size, name, line, at) VALUES ({one.Size}, '{witness.Key.Name}', '{line}', {time})");
            await bench.Database.ExecuteAsync($"INSERT INTO audit.anchor (size, name, at) SELECT size, 'folder', signed_at FROM audit.checkpoint WHERE size = {one.Size}");
        }

        var trust = new VerifyTrust
        {
            LogKeys = [bench.Key.AsLog().Key],
            Witnesses = [new PolicyKey(witness.Key.Name, witness.Key, "http://witness.test/")],
        };
        var now = bench.Time.GetUtcNow();
        if (kind == DatabaseKind.Postgres)
        {
            var own = new NpgsqlConnectionStringBuilder(bench.Database.Connection).Database!;
            await using var connection = new NpgsqlConnection(bench.Database.Connection);
            NpgsqlConnection.ClearPool(connection);
            await bench.Database.Database.DisposeAsync();
            return new Original(own, anchors, trust, new WitnessSight.Seen(seen), now);
        }

        await bench.Database.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        bench.Database.Database.Dispose();
        var copy = Path.Combine(Directory.CreateTempSubdirectory("opsconsole-original-").FullName, "console.db");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        File.Copy(Path.Combine(bench.Database.Folder, "console.db"), copy);
        return new Original(copy, anchors, trust, new WitnessSight.Seen(seen), now);
    }

    // What a superuser does first. Constraints that would stop a change go as well: whoever changes the file or the heap asks none of them.
    private async Task UnlockAsync()
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            foreach (var row in await RowsAsync("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'"))
            {
                await ExecuteAsync($"DROP TRIGGER {row[0]}");
            }

            return;
        }

        await ExecuteAsync(
            """
            DO $$ DECLARE r record; BEGIN
                FOR r IN SELECT evtname FROM pg_event_trigger LOOP EXECUTE format('ALTER EVENT TRIGGER %I DISABLE', r.evtname); END LOOP;
                FOR r IN SELECT conrelid::regclass AS t, conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
                    WHERE n.nspname = 'audit' AND contype IN ('f', 'c') AND coninhcount = 0 LOOP
                    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname);
                END LOOP;
                FOR r IN SELECT c.oid::regclass AS t FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'audit' AND c.relkind IN ('r', 'p') LOOP
                    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER ALL', r.t);
                END LOOP;
            END $$
            """);
    }

    private DbCommand Command(DbConnection connection, string sql, object?[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = Kind == DatabaseKind.Sqlite ? sql.Replace("audit.", "audit_", StringComparison.Ordinal) : sql;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = parameters[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = Kind == DatabaseKind.Sqlite ? new SqliteConnection(_connection) : new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        if (connection is SqliteConnection)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA ignore_check_constraints = ON";
            await command.ExecuteNonQueryAsync();
        }

        return connection;
    }

    private sealed record Original(string Connection, Dictionary<string, byte[]> Anchors, VerifyTrust Trust, WitnessSight Seen, DateTimeOffset Now);
}
