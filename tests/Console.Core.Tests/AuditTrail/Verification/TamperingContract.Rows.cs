using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using Kind = OpsConsole.Core.AuditTrail.Verification.VerifyProblemKind;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <content>What stands beside the tree: receipts, the inbox, the search, disclosures, actors, progress.</content>
public abstract partial class TamperingContract
{
    [Fact]
    public async Task Receipt_OfAWaitingEventThatWasTakenAway_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.inbox WHERE id = 'waiting-1'");

        Assert.Equal("waiting-1", Assert.Single((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.ReceiptUnexpected).EventId);
    }

    [Fact]
    public async Task Inbox_Emptied_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync(kind == DatabaseKind.Sqlite ? "DELETE FROM audit.inbox" : "TRUNCATE audit.inbox");

        Assert.Equal(2, (await log.VerifyAsync()).Problems.Count(static p => p.Kind == Kind.ReceiptUnexpected));
    }

    [Fact]
    public async Task Inbox_EmptiedWithItsReceipts_IsNamedByItsNumbers()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.inbox WHERE id = 'waiting-1'");
        await log.ExecuteAsync("DELETE FROM audit.receipt WHERE id = 'waiting-1'");
        log.Time.Advance(TimeSpan.FromHours(2));

        Assert.Single((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.NumberMissing);
    }

    [Theory]
    [InlineData("body", "replace(body, '4711', '4712')")]
    [InlineData("id", "'waiting-x'")]
    [InlineData("workspace", "'other'")]
    public async Task Inbox_Changed_IsNamed(string column, string value)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync($"UPDATE audit.inbox SET {column} = {value} WHERE id = 'waiting-2'");

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.InboxChanged);
    }

    [Theory]
    [InlineData("seq", "seq + 100000")]
    [InlineData("workspace", "'other'")]
    [InlineData("event_id", "'other'")]
    [InlineData("trace_id", "'4bf92f3577b34da6a3ce929d0e0e4736'")]
    [InlineData("actor_ref", "NULL")]
    [InlineData("action", "'invoice.reject'")]
    [InlineData("outcome", "'denied'")]
    [InlineData("resource_type", "NULL")]
    [InlineData("resource_id", "'4712'")]
    [InlineData("source", "NULL")]
    [InlineData("via", "'sql'")]
    public async Task Search_ColumnChanged_IsNamed(string column, string value)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync($"UPDATE audit.search SET {column} = {value} WHERE leaf_index = 201");

        var problem = Named(await log.VerifyAsync(), Kind.SearchChanged, 201);
        Assert.Contains(column, problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sealed_at")]
    [InlineData("event_time")]
    [InlineData("recorded_at")]
    public async Task Search_TimeChanged_IsNamed(string column)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "search", column, "leaf_index = 202");

        Named(await log.VerifyAsync(), Kind.SearchChanged, 202);
    }

    [Fact]
    public async Task Search_RowDeleted_IsHiddenFromSearch()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.search WHERE leaf_index IN (0, 619)");

        var report = await log.VerifyAsync();
        Named(report, Kind.SearchMissing, 0);
        Named(report, Kind.SearchMissing, 619);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(-7)]
    public async Task Search_RowPutIn_IsMadeUp(long index)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        var columns = "sealed_at, event_time, recorded_at, workspace, event_id, trace_id, actor_ref, action, outcome, resource_type, resource_id, source, via";
        var words = kind == DatabaseKind.Postgres ? ", words" : "";
        await log.ExecuteAsync($"INSERT INTO audit.search (leaf_index, seq, {columns}{words}) SELECT {index}, 99999, {columns}{words} FROM audit.search WHERE leaf_index = 5");

        Named(await log.VerifyAsync(), Kind.SearchUnexpected, index);
    }

    [Fact]
    public async Task Words_Changed_AreNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync(kind == DatabaseKind.Sqlite
            ? "UPDATE audit.words SET words = words || ' zebra' WHERE rowid = 30"
            : "UPDATE audit.search SET words = words || ARRAY['zebra'] WHERE leaf_index = 30");

        Assert.Equal("zebra", Named(await log.VerifyAsync(), Kind.SearchChanged, 30).Found);
    }

    [Fact]
    public async Task Disclosure_Changed_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "disclosure", "items", "leaf_index = 66", at: 50);

        Named(await log.VerifyAsync(), Kind.DisclosureChanged, 66);
    }

    [Fact]
    public async Task Disclosure_OfAnotherEvent_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await SwapAsync(log, "disclosure", 60, 61);

        var report = await log.VerifyAsync();
        Named(report, Kind.DisclosureChanged, 60);
        Named(report, Kind.DisclosureChanged, 61);
    }

    [Fact]
    public async Task Disclosure_GoneWithoutADecision_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.disclosure WHERE leaf_index = 68");

        Assert.All(["actor.displayName", "actor.id", "actor.ip"], field =>
            Assert.Contains(field, string.Concat(log.VerifyAsync().Result.Problems.Where(static p => p.Kind == Kind.DisclosureMissing && p.Index == 68).Select(static p => p.Sentence)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id = 'somebody@else.example'")]
    [InlineData("type = 'service'")]
    [InlineData("display_name = 'Mallory'")]
    [InlineData("display_name = NULL")]
    public async Task Actor_Changed_IsNamed(string change)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync($"UPDATE audit.actor SET {change} WHERE id = 'person3@acme.example'");

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.ActorChanged);
    }

    [Fact]
    public async Task Actor_DeletedOrPutIn_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.actor WHERE id = 'person3@acme.example'");
        await log.ExecuteAsync("INSERT INTO audit.actor (ref, type, id, display_name) VALUES ('AAAAAAAAAAAAAAAAAAAAAA', 'user', 'ghost', NULL)");

        Assert.Equal(2, (await log.VerifyAsync()).Problems.Count(static p => p.Kind == Kind.ActorChanged));
    }

    [Theory]
    [InlineData("UPDATE audit.receipt SET id = 'other' WHERE id = 'e50'", Kind.ReceiptChanged)]
    [InlineData("UPDATE audit.receipt SET workspace = 'other' WHERE id = 'e50'", Kind.ReceiptChanged)]
    [InlineData("UPDATE audit.receipt SET salt = NULL WHERE id = 'e50'", Kind.ReceiptChanged)]
    [InlineData("DELETE FROM audit.receipt WHERE id = 'e50'", Kind.ReceiptChanged)]
    [InlineData("UPDATE audit.receipt SET seq = 100000 WHERE id = 'e50'", Kind.ReceiptChanged)]
    public async Task Receipt_Changed_IsNamed(string sql, Kind expected)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync(sql);

        Named(await log.VerifyAsync(), expected, 50);
    }

    [Fact]
    public async Task Receipt_PutIn_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("INSERT INTO audit.receipt (workspace, id, seq, recorded_at, salt, digest) SELECT workspace, 'ghost', 99999, recorded_at, salt, digest FROM audit.receipt WHERE id = 'e50'");

        Assert.Equal("ghost", Assert.Single((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.ReceiptUnexpected).EventId);
    }

    [Theory]
    [InlineData("UPDATE audit.progress SET value = value + 500 WHERE name = 'settled'")]
    [InlineData("UPDATE audit.progress SET value = value + 500 WHERE name = 'indexed'")]
    [InlineData("UPDATE audit.progress SET value = 3 WHERE name = 'indexed'")]
    [InlineData("DELETE FROM audit.progress WHERE name = 'indexed'")]
    [InlineData("INSERT INTO audit.progress (name, value) VALUES ('other', 1)")]
    public async Task Progress_Changed_IsFound(string sql)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync(sql);

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.ProgressChanged);
    }
}
