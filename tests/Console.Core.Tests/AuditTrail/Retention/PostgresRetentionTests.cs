using Npgsql;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Core.Access;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Retention;

/// <summary>Retention in PostgreSQL, whose functions look at the decision themselves.</summary>
public sealed class PostgresRetentionTests() : RetentionContract(DatabaseKind.Postgres)
{
    [Theory]
    [InlineData("SELECT audit.erase(1, ARRAY[0], ARRAY[''], ARRAY[''])")]
    [InlineData("SELECT audit.erase_actor(1)")]
    [InlineData("SELECT audit.prune(1, 0, 2)")]
    [InlineData("SELECT audit.prune(NULL, 0, 2)")]
    public async Task Functions_WithoutASealedDecision_TakeNothing(string statement)
    {
        await Bench.AppendAsync(AnEvent.Many(3));
        await Bench.SealAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresCluster.ExecuteAsync(Bench.Database.Connection, statement));

        Assert.Equal("AU403", refused.SqlState);
        Assert.Equal(3L, await Bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.disclosure"));
    }

    [Fact]
    public async Task Erase_OfLeavesThatTheDecisionDoesNotName_OrWithOtherFields_IsRefused()
    {
        await Bench.AppendAsync(AnEvent.Many(3));
        await Bench.SealAsync();
        var store = new RetentionStore(Bench.Database.Database, Bench.Time);
        var desk = new RetentionDesk(Bench.Reader, Bench.Trail, store, new Core.AuditTrail.ActEvents(Bench.Time), Bench.Signals, new RetentionOptions(TimeSpan.Zero), Bench.Time);
        var request = await AskedAsync(desk.AskEraseEventAsync(new Actor("a@x", "A", [Role.Compliance]), "acme-prod", "e1", [], "Request", CancellationToken.None));
        await AskedAsync(desk.DecideAsync(new Actor("b@x", "B", [Role.Compliance]), request, approve: true, "Checked", CancellationToken.None));
        await Bench.SealAsync();
        var decision = await Bench.Database.ScalarAsync<long>("SELECT seq FROM audit.search WHERE action = 'audit.erase.decision'");

        foreach (var statement in (string[])[$"SELECT audit.erase({decision}, ARRAY[2], ARRAY[''], ARRAY[''])", $"SELECT audit.erase({decision}, ARRAY[1], ARRAY['forged'], ARRAY[''])"])
        {
            Assert.Equal("AU403", (await Assert.ThrowsAsync<PostgresException>(() => PostgresCluster.ExecuteAsync(Bench.Database.Connection, statement))).SqlState);
        }
    }

    [Fact]
    public async Task Prune_OfWholeMonths_DropsTheirPartitions()
    {
        await PostgresCluster.ExecuteAsync(Bench.Database.Connection, "SELECT audit.make_partitions('2020-01-01Z', '2020-02-01Z')");
        await PostgresCluster.ExecuteAsync(Bench.Database.Connection, "SELECT audit.drop_empty_partitions()");

        Assert.Equal(0L, await Bench.Database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname LIKE 'event_2020%'"));
    }

    protected override async Task VoidAsync()
    {
        await Bench.SealAsync();
        await PostgresCluster.ExecuteAsync(Bench.Database.Connection, $"BEGIN; SELECT audit.append('{AuditEventWriter.Print(AnEvent.Of("rolled-back"))}'); ROLLBACK");
        await Bench.AppendAsync(AnEvent.Many(10, "after"));
    }

    protected override async Task NothingHasAsync(params string[] texts)
    {
        foreach (var table in await Bench.Database.ListAsync<string>("SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables WHERE table_schema = 'audit'"))
        {
            foreach (var text in texts)
            {
                Assert.Equal(0L, await Bench.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text ILIKE '%{text}%'"));
            }
        }
    }
}
