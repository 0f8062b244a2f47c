using System.Globalization;
using Npgsql;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Storage;

/// <summary><c>SELECT audit.append(jsonb)</c> as an application uses it, with psql and Npgsql, under a login that has the role audit_writer and nothing else.</summary>
public sealed class SqlWayInTests : IAsyncLifetime
{
    private AuditBench _bench = default!;
    private string _login = "";
    private string _database = "";
    private PostgresCluster _cluster = default!;

    public async Task InitializeAsync()
    {
        _bench = await AuditBench.CreateAsync(DatabaseKind.Postgres);
        _cluster = await PostgresCluster.SharedAsync();
        _database = new NpgsqlConnectionStringBuilder(_bench.Database.Connection).Database!;
        _login = $"billing_{Guid.NewGuid().ToString("N")[..8]}";
        await _bench.Database.ExecuteAsync($"""
            CREATE ROLE {_login} LOGIN; GRANT audit_writer TO {_login};
            CREATE SCHEMA app AUTHORIZATION {_login}; CREATE TABLE app.invoice (id int PRIMARY KEY, approved bool NOT NULL); GRANT ALL ON app.invoice TO {_login};
            """);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Psql_BusinessTransaction_CommitsBothOrNeither()
    {
        await PsqlAsync($"BEGIN; INSERT INTO app.invoice VALUES (1, true); SELECT audit.append('{Json("one")}'); COMMIT;");
        await PsqlAsync($"BEGIN; INSERT INTO app.invoice VALUES (2, true); SELECT audit.append('{Json("two")}'); ROLLBACK;");
        await Assert.ThrowsAsync<InvalidOperationException>(() => PsqlAsync($"BEGIN; SELECT audit.append('{Json("three")}'); INSERT INTO app.invoice VALUES (1, true); COMMIT;"));

        Assert.Equal(["one"], await _bench.Database.ListAsync<string>("SELECT id FROM audit.receipt"));
        Assert.Equal([1], await _bench.Database.ListAsync<int>("SELECT id FROM app.invoice"));
        await _bench.SealAsync();
        Assert.Equal(1L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.search"));
    }

    [Fact]
    public async Task Psql_SameEventAgain_IsADuplicateWithTheFirstReceipt()
    {
        var first = await PsqlAsync($"SELECT audit.append('{Json("one")}')");
        var second = await PsqlAsync($"SELECT audit.append('{Json("one")}')");

        Assert.Contains("\"status\": \"recorded\"", first, StringComparison.Ordinal);
        Assert.Equal(first.Replace("recorded\",", "duplicate\",", StringComparison.Ordinal).Trim(), second.Trim());
    }

    [Fact]
    public async Task Psql_OfNoEvent_NamesTheField()
    {
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => PsqlAsync("""SELECT audit.append('{"id":"a","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success"}')"""));

        Assert.Contains("time is missing", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT audit.append('{0}' || '{{\"via\":\"console\"}}')")]
    [InlineData("SELECT audit.append('{0}'::jsonb || '{{\"seq\":\"1\"}}')")]
    [InlineData("SELECT audit.append('{0}'::jsonb || '{{\"appendedBy\":\"opsconsole\"}}')")]
    [InlineData("SELECT audit.append('{0}'::jsonb || '{{\"recordedAt\":\"2020-01-01T00:00:00Z\"}}')")]
    public async Task Npgsql_ForgingWhatTheStoreSets_IsRefused(string statement) =>
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(string.Format(CultureInfo.InvariantCulture, statement, Json("a"))));

    [Fact]
    public async Task Npgsql_FunctionsOfItsOwnOnTheSearchPath_ChangeNothing()
    {
        // A login that may create objects puts its own clock, number and hash in front of the server's.
        await ExecuteAsync($"""
            CREATE FUNCTION app.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT ''2001-01-01Z''::timestamptz';
            CREATE FUNCTION app.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT ''\x00''::bytea';
            CREATE FUNCTION app.nextval(regclass) RETURNS bigint LANGUAGE sql AS 'SELECT 999999::bigint';
            CREATE FUNCTION app.nextval(text) RETURNS bigint LANGUAGE sql AS 'SELECT 999999::bigint';
            CREATE TEMP TABLE receipt (workspace text, id text);
            SET search_path = app, pg_temp, pg_catalog;
            SELECT audit.append('{Json("a")}');
            """);

        Assert.Equal(1L, await _bench.Database.ScalarAsync<long>("SELECT seq FROM audit.receipt"));
        Assert.Equal(32, await _bench.Database.ScalarAsync<int>("SELECT octet_length(digest) FROM audit.receipt"));
        Assert.True(await _bench.Database.ScalarAsync<bool>("SELECT recorded_at > now() - interval '1 hour' FROM audit.receipt"));
        Assert.Equal(_login, await _bench.Database.ScalarAsync<string>("SELECT appended_by FROM audit.inbox"));
    }

    [Fact]
    public async Task Npgsql_SetRoleBefore_DoesNotChangeWhoAppended()
    {
        await ExecuteAsync($"SET ROLE audit_writer; SELECT audit.append('{Json("a")}')");

        Assert.Equal(_login, await _bench.Database.ScalarAsync<string>("SELECT appended_by FROM audit.inbox"));
    }

    [Fact]
    public async Task Npgsql_Savepoint_RolledBack_TakesItsEventAlone()
    {
        await ExecuteAsync($"BEGIN; SELECT audit.append('{Json("kept")}'); SAVEPOINT s; SELECT audit.append('{Json("gone")}'); ROLLBACK TO s; COMMIT");
        await _bench.SealAsync();
        for (var i = 0; i < 100 && await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.gap") == 0; i++)
        {
            // Other tests of this server may have older transactions open.
            await Task.Delay(50);
            await _bench.SealAsync();
        }

        var leaves = new List<Leaf>();
        await foreach (var leaf in _bench.Log.LeavesAsync(0, 10, CancellationToken.None))
        {
            Assert.True(LeafReader.TryRead(leaf.Bytes, out var read, out _));
            leaves.Add(read!);
        }

        Assert.Equal("kept", Assert.Single(leaves.OfType<EventLeaf>()).Id);
        Assert.Equal((2L, 2L), Assert.Single(leaves.OfType<VoidLeaf>()) is var v ? (v.From, v.To) : default);
    }

    private static string Json(string id) => AuditEventWriter.Print(AnEvent.Of(id));

    private Task<string> PsqlAsync(string script) => PostgresCluster.RunToolAsync(
        "psql",
        ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", _cluster.Port.ToString(CultureInfo.InvariantCulture), "-U", _login, "-d", _database, "-c", script]);

    private Task ExecuteAsync(string sql) => PostgresCluster.ExecuteAsync(_cluster.Connection(_database, _login), sql);
}
