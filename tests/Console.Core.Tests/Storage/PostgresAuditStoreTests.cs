using System.Text;
using OpsConsole.Core.Storage;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Testing.Storage;
using Npgsql;

namespace OpsConsole.Core.Tests.Storage;

/// <summary>Appending to PostgreSQL, and what its roles and triggers hold.</summary>
public sealed class PostgresAuditStoreTests() : AuditStoreContract(DatabaseKind.Postgres)
{
    [Fact]
    public async Task Append_ByTheLeastPrivilegedRole_IsAllItMayDo()
    {
        var app = await LoginAsync("audit_writer");
        await PostgresCluster.ExecuteAsync(app, $"SELECT audit.append('{AuditEventWriter.Print(AnEvent.Of("a"))}')");

        foreach (var statement in (string[])["SELECT * FROM audit.inbox", "INSERT INTO audit.inbox VALUES (9, 'w', 'i', now(), 'sql', 'x', '{}')", "UPDATE audit.inbox SET seq = 9",
            "DELETE FROM audit.inbox", "TRUNCATE audit.inbox", "SELECT * FROM audit.receipt", "SELECT audit.record('{}', 'api', 'x')", "SELECT nextval('audit.event_seq')",
            "SELECT audit.check_event('{}', '{}')", "SELECT audit.plain_rest('{}')", "SELECT audit.make_partitions(now(), now())", "SET ROLE audit_owner"])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresCluster.ExecuteAsync(app, statement));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        Assert.Equal(["sql"], await Database.ListAsync<string>("SELECT via FROM audit.inbox"));
        Assert.StartsWith("app_", await Database.ScalarAsync<string>("SELECT appended_by FROM audit.inbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_InATransactionThatRollsBack_LeavesNoEvent()
    {
        await PostgresCluster.ExecuteAsync(Database.Connection, "CREATE TABLE business (x int)");
        var e = AuditEventWriter.Print(AnEvent.Of("a"));

        await PostgresCluster.ExecuteAsync(Database.Connection, $"BEGIN; INSERT INTO business VALUES (1); SELECT audit.append('{e}'); ROLLBACK");
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM audit.receipt"));

        await PostgresCluster.ExecuteAsync(Database.Connection, $"BEGIN; INSERT INTO business VALUES (1); SELECT audit.append('{e}'); COMMIT");
        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
    }

    [Fact]
    public async Task Append_SameIdOtherContent_RaisesItsOwnState()
    {
        await PostgresCluster.ExecuteAsync(Database.Connection, $"SELECT audit.append('{AuditEventWriter.Print(AnEvent.Of("a"))}')");

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            PostgresCluster.ExecuteAsync(Database.Connection, $"SELECT audit.append('{AuditEventWriter.Print(AnEvent.Of("a", action: "x.y"))}')"));

        Assert.Equal("AU409", refused.SqlState);
    }

    [Theory]
    [InlineData("{}", "actor must be an object")]
    [InlineData("[]", "is a JSON object")]
    [InlineData("null", "is a JSON object")]
    [InlineData("""{"wrokspace":"x"}""", "'wrokspace' is not a property")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b"}""", "outcome is missing")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success"}""", "is not a time with its offset")]
    [InlineData("""{"id":"a","time":"2026-02-30T09:30:00Z","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success"}""", "time '2026-02-30T09:30:00Z' does not exist")]
    [InlineData("""{"id":"a","time":"2026-13-01T09:30:00.123456+00:00","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success"}""", "time '2026-13-01T09:30:00.123456+00:00' does not exist")]
    [InlineData("""{"id":"a","time":"2026-03-01T25:30:00+00:00","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success"}""", "time '2026-03-01T25:30:00+00:00' does not exist")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00+16:00","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success"}""", "time '2026-03-01T09:30:00+16:00' does not exist")]
    [InlineData("""{"id":"a","time":"0000-01-01T00:00:00Z","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success"}""", "time '0000-01-01T00:00:00Z' does not exist")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"robot","id":"m"},"action":"a.b","outcome":"success"}""", "actor.type 'robot'")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"user","id":7},"action":"a.b","outcome":"success"}""", "actor.id must be a string")]
    [InlineData("""{"id":"a b","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success"}""", "id must be printable ASCII")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"user","id":"m"},"action":"A b","outcome":"success"}""", "dotted name")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success","traceId":"zz"}""", "traceId (32")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success","resource":{"id":"x"}}""", "resource.type is missing")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"user","id":"m","ssn":"1"},"action":"a.b","outcome":"success"}""", "'actor.ssn' is not a property")]
    [InlineData("""{"id":"a","time":"2026-03-01T09:30:00Z","workspace":"w","actor":{"type":"user","id":"m"},"action":"a.b","outcome":"success","resource":7}""", "resource must be an object")]
    public async Task Append_OfWhatIsNoEvent_SaysWhatIsWrong(string json, string sentence)
    {
        foreach (var statement in (string[])[$"SELECT audit.append('{json}')", $"SELECT * FROM audit.record(ARRAY['{json}'::jsonb], 'api', 'x')"])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresCluster.ExecuteAsync(Database.Connection, statement));

            Assert.Equal("AU400", refused.SqlState);
            Assert.Contains(sentence, refused.MessageText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Append_OfEverythingThatOurReaderAccepts_IsAccepted()
    {
        var full = """
            {"id":"a","time":"2026-03-01T10:30:00.123456789+01:00","workspace":"w ü","traceId":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","spanId":"00f067aa0ba902b7",
             "actor":{"type":"service","id":"m","displayName":"M","onBehalfOf":"n","session":"s","ip":"::1","userAgent":"x"},"action":"a.b_c-d","outcome":"denied","reason":"two\nlines",
             "resource":{"type":"t","id":"i","name":"n","project":"p","location":"l"},"source":{"service":"s","revision":"r","instance":"i"},"before":{"a":[1,2.50,null]},"after":7,"details":"d","schemaVersion":1}
            """;
        Assert.IsType<AuditEventReading.Accepted>(AuditEventReader.Read(System.Text.Encoding.UTF8.GetBytes(full)));

        await PostgresCluster.ExecuteAsync(Database.Connection, $"SELECT audit.append('{full}')");

        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
    }

    [Theory]
    [InlineData("UPDATE audit.inbox SET body = '{}'")]
    [InlineData("DELETE FROM audit.inbox")]
    [InlineData("TRUNCATE audit.inbox")]
    [InlineData("TRUNCATE audit.receipt")]
    [InlineData("DELETE FROM audit.receipt")]
    public async Task Triggers_UnderReplicaRole_StillHold(string tamper)
    {
        await PostgresCluster.ExecuteAsync(Database.Connection, $"SELECT audit.append('{AuditEventWriter.Print(AnEvent.Of("a"))}')");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresCluster.ExecuteAsync(Database.Connection, $"SET session_replication_role = replica; {tamper}"));

        Assert.Equal("AU403", refused.SqlState);
    }

    [Fact]
    public async Task Migrate_ByALoginThatMayNot_NamesWhatAnAdministratorRuns()
    {
        var cluster = await PostgresCluster.SharedAsync();
        var login = $"plain_{Guid.NewGuid().ToString("N")[..6]}";
        await PostgresCluster.ExecuteAsync(cluster.Connection("postgres"), $"CREATE ROLE {login} LOGIN");
        var name = new NpgsqlConnectionStringBuilder(await cluster.CreateDatabaseAsync()).Database!;
        await using var database = ConsoleDatabase.For(cluster.Connection(name, login), "");

        var refused = await Assert.ThrowsAsync<DatabaseException>(() => database.MigrateAsync(CancellationToken.None));

        Assert.Contains($"GRANT audit_owner, audit_reader, audit_sealer TO \"{login}\";", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"GRANT CREATE ON DATABASE \"{name}\" TO \"{login}\";", refused.Message, StringComparison.Ordinal);

        // It then does what was named, and the console starts; afterwards it works without the owner's role.
        var script = string.Join('\n', refused.Message.Split('\n').Skip(1));
        await PostgresCluster.ExecuteAsync(cluster.Connection(name), script);
        await database.MigrateAsync(CancellationToken.None);
        await PostgresCluster.ExecuteAsync(cluster.Connection(name), $"REVOKE audit_owner FROM \"{login}\"");
        await database.MigrateAsync(CancellationToken.None);
    }

    [Fact]
    public void Connection_ThatIsNone_IsNamedWithoutItsValue()
    {
        var failure = Assert.Throws<DatabaseException>(() => ConsoleDatabase.For("Hots=x;Password=secret", ""));

        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("OpsConsole:Database:Connection", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_WithoutServer_IsUnavailable()
    {
        await using var database = ConsoleDatabase.For("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=secret", "");
        var store = new OpsConsole.Core.Storage.Audit.AuditStore(database, TimeProvider.System, new OpsConsole.Core.AuditTrail.Sealing.SealSignals());

        var failure = await Assert.ThrowsAsync<AuditUnavailableException>(() => store.AppendAsync([AnEvent.Of("a")], AuditVia.Console, "console", CancellationToken.None));

        Assert.Contains("cannot take events now", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    /// <summary>How large an event is once it is kept is told before PostgreSQL refuses it, and with it all that came along.</summary>
    [Theory]
    [InlineData("""{"a":1,"b":[1,2,{"c":null}],"d":{},"e":[],"f":true}""")]
    [InlineData("""[1e300,1E-300,-1.5e10,0.25e1,12345678901234567890,0e99,-0,0.000]""")]
    [InlineData("""["\u0001\n\"\\","é😂/",""]""")]
    [InlineData("""[[[[1],[2]],[]],"x"]""")]
    public async Task StoredSize_IsWhatPostgresWrites(string json)
    {
        var written = await Database.ScalarAsync<int>($"SELECT octet_length('{json}'::jsonb::text)");

        // Zeros and signs that PostgreSQL drops are counted, so it may be a little more.
        Assert.InRange(StoredSize.Of(Encoding.UTF8.GetBytes(json)), written, written + 4);
    }

    private async Task<string> LoginAsync(string role)
    {
        var cluster = await PostgresCluster.SharedAsync();
        var login = $"app_{Guid.NewGuid().ToString("N")[..6]}";
        await PostgresCluster.ExecuteAsync(Database.Connection, $"CREATE ROLE {login} LOGIN; GRANT {role} TO {login}");
        return cluster.Connection(new NpgsqlConnectionStringBuilder(Database.Connection).Database!, login);
    }
}
