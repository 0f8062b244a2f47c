using System.Globalization;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using Kind = OpsConsole.Core.AuditTrail.Verification.VerifyProblemKind;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <summary>Every way of the threat table to change the real database as its owner: found, and named for what it is, at its place.</summary>
public abstract class TamperingContract(DatabaseKind kind)
{
    [Fact]
    public async Task Verify_Untouched_FindsNothingAndSaysWhatItDid()
    {
        await using var log = await TamperedLog.CreateAsync(kind);

        var report = await log.VerifyAsync();

        Assert.True(report.IsGood, Print(report));
        Assert.Equal((TamperedLog.Size, 4L, 4L, 4L, 1), (report.Events, report.Checkpoints, report.Cosignatures, report.Anchors, report.Witnesses));
        Assert.Equal(TamperedLog.Size, report.LastGoodCheckpoint);
        Assert.Empty(report.NotVerified);
        Assert.Contains(report.Notes, static n => n.StartsWith("2 events wait", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(599)]
    [InlineData(619)]
    public async Task Event_BytesChanged_IsNamed(long index)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "event", "leaf", $"leaf_index = {index}");

        var problem = Named(await log.VerifyAsync(), Kind.EventChanged, index);
        Assert.NotNull(problem.Expected);
        Assert.NotEqual(problem.Expected, problem.Found);
        Assert.Equal(TamperedLog.Checkpoints.LastOrDefault(c => c <= index, -1) is var good and > 0 ? good : null, problem.LastGoodCheckpoint);
    }

    [Fact]
    public async Task Event_Deleted_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.event WHERE leaf_index = 40");

        Named(await log.VerifyAsync(), Kind.EventMissing, 40);
    }

    [Fact]
    public async Task Event_RangeDeletedEverywhere_IsNamedAsARange()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        foreach (var table in (string[])["event", "search", "disclosure"])
        {
            await log.ExecuteAsync($"DELETE FROM audit.{table} WHERE leaf_index BETWEEN 300 AND 399");
        }

        var problem = Named(await log.VerifyAsync(), Kind.EventMissing, 300);
        Assert.Equal(399, problem.LastIndex);
    }

    [Fact]
    public async Task Event_RowAndHashChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "event", "leaf", "leaf_index = 77");
        await FitHashAsync(log, 77);

        Named(await log.VerifyAsync(), Kind.EventChanged, 77);
    }

    [Fact]
    public async Task Event_RowHashAndTileChanged_IsNamedWithinItsTile()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "event", "leaf", "leaf_index = 130");
        await FitHashAsync(log, 130);
        await FitTileAsync(log, 130);

        // No tile of level 1 is full in a log of this size: the next checkpoint says it.
        var report = await log.VerifyAsync();
        var problem = report.Problems.First(static p => p.Kind is Kind.RootDiffers or Kind.EventChanged);
        Assert.Equal((100L, 299L), (problem.Index!.Value, problem.LastIndex!.Value));
        Assert.Equal(100, problem.LastGoodCheckpoint);
        Assert.Equal(100, report.LastGoodCheckpoint);
    }

    [Theory]
    [InlineData(12, 200)]
    [InlineData(550, 558)]
    public async Task Events_Swapped_AreBothNamed(long one, long other)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await SwapAsync(log, "event", one, other);

        var report = await log.VerifyAsync();
        Named(report, Kind.EventsSwapped, one);
        Named(report, Kind.EventsSwapped, other);
    }

    [Fact]
    public async Task Events_SwappedWithHashesAndSearch_AreFound()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        foreach (var table in (string[])["event", "leaf", "search", "disclosure"])
        {
            await SwapAsync(log, table, 20, 30);
        }

        var report = await log.VerifyAsync();
        Named(report, Kind.EventsSwapped, 20);
        Named(report, Kind.EventsSwapped, 30);
    }

    [Fact]
    public async Task Event_SecondRowForAnIndex_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        if (kind == DatabaseKind.Postgres)
        {
            await log.ExecuteAsync("INSERT INTO audit.event SELECT leaf_index, sealed_at + interval '1 second', leaf FROM audit.event WHERE leaf_index = 9");
            Named(await log.VerifyAsync(), Kind.EventUnexpected, 9);
        }
        else
        {
            await log.ExecuteAsync("INSERT INTO audit.event SELECT -1, sealed_at, leaf FROM audit.event WHERE leaf_index = 9");
            Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.EventUnexpected);
        }
    }

    [Fact]
    public async Task Event_BehindTheEnd_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("INSERT INTO audit.event SELECT 620, sealed_at, leaf FROM audit.event WHERE leaf_index = 9");

        Named(await log.VerifyAsync(), Kind.EventUnexpected, 620);
    }

    [Fact]
    public async Task Leaf_HashChanged_IsNamedAsThatAndNotAsTheEvent()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "leaf", "hash", "leaf_index = 333");

        var report = await log.VerifyAsync();
        Named(report, Kind.LeafHashChanged, 333);
        Assert.DoesNotContain(report.Problems, static p => p.Kind == Kind.EventChanged);
    }

    [Fact]
    public async Task Leaf_RowDeleted_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.leaf WHERE leaf_index = 333");

        Named(await log.VerifyAsync(), Kind.LeafHashChanged, 333);
    }

    [Fact]
    public async Task Leaf_NumberChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("UPDATE audit.leaf SET seq = NULL WHERE leaf_index = 44");

        Named(await log.VerifyAsync(), Kind.LeafHashChanged, 44);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 256)]
    public async Task Tile_Changed_IsNamed(int n, long first)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "tile", "hashes", $"level = 0 AND n = {n}", at: 40);

        Named(await log.VerifyAsync(), Kind.TileChanged, first + 1);
    }

    [Fact]
    public async Task Tile_Deleted_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.tile WHERE n = 1");

        Named(await log.VerifyAsync(), Kind.TileMissing, 256);
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(3, 0)]
    [InlineData(4, 0)]
    [InlineData(0, -1)]
    public async Task Tile_PutIn_IsFound(int level, int n)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync($"INSERT INTO audit.tile SELECT {level}, {n}, hashes FROM audit.tile WHERE n = 1");

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.TileUnexpected);
    }

    [Fact]
    public async Task Checkpoint_NoteChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "checkpoint", "note", "size = 300", at: 3);

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind is Kind.CheckpointChanged or Kind.CheckpointSignature && p.Index == 299);
    }

    [Fact]
    public async Task Checkpoint_RootChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "checkpoint", "root", "size = 300");

        Named(await log.VerifyAsync(), Kind.CheckpointChanged, 299);
    }

    [Fact]
    public async Task Checkpoint_TimeChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync(kind == DatabaseKind.Sqlite
            ? "UPDATE audit.checkpoint SET signed_at = signed_at - 3600000000 WHERE size = 300"
            : "UPDATE audit.checkpoint SET signed_at = signed_at - interval '1 hour' WHERE size = 300");

        Named(await log.VerifyAsync(), Kind.CheckpointChanged, 299);
    }

    [Fact]
    public async Task Checkpoint_Deleted_IsFoundByTheAnchor()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.cosignature WHERE size = 300");
        await log.ExecuteAsync("DELETE FROM audit.anchor WHERE size = 300");
        await log.ExecuteAsync("DELETE FROM audit.checkpoint WHERE size = 300");

        Named(await log.VerifyAsync(), Kind.CheckpointMissing, 299);
    }

    [Fact]
    public async Task Checkpoint_NewestDeleted_IsFoundWithoutAnyAnchor()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        log.Trust = log.Trust with { AnchorFolders = [], Witnesses = [] };
        await log.ExecuteAsync("DELETE FROM audit.cosignature");
        await log.ExecuteAsync("DELETE FROM audit.anchor WHERE size > 560");
        await log.ExecuteAsync("DELETE FROM audit.checkpoint WHERE size > 560");
        log.Time.Advance(TimeSpan.FromMinutes(10));

        Named(await log.VerifyAsync(), Kind.Unsigned, 560);
    }

    [Theory]
    [InlineData("line", Kind.CosignatureChanged)]
    [InlineData("name", Kind.CosignatureChanged)]
    public async Task Cosignature_Changed_IsNamed(string column, Kind expected)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "cosignature", column, "size = 300", at: column == "line" ? 40 : 2);

        Named(await log.VerifyAsync(), expected, 299);
    }

    [Fact]
    public async Task Cosignature_TimeChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "cosignature", "at", "size = 560");

        Named(await log.VerifyAsync(), Kind.CosignatureChanged, 559);
    }

    [Fact]
    public async Task Cosignature_OfTheNewestRemoved_IsFoundByTheWitness()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.cosignature WHERE size = 620");
        log.Time.Advance(TimeSpan.FromMinutes(10));

        Named(await log.VerifyAsync(), Kind.CosignatureChanged, 619);
    }

    [Fact]
    public async Task Tail_Cut_IsNamedWithBothSizes()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await CutAsync(log, 600, checkpoints: false);

        var problem = Named(await log.VerifyAsync(), Kind.TailCut, 600);
        Assert.Equal(("620", "600"), (problem.Expected, problem.Found));
        Assert.Equal(619, problem.LastIndex);
    }

    [Fact]
    public async Task Tail_CutWithItsCheckpoints_IsFoundOutside()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await CutAsync(log, 560, checkpoints: true);

        var report = await log.VerifyAsync();
        var problems = report.Problems.Where(static p => p.Kind == Kind.RolledBack).ToList();
        Assert.Equal(2, problems.Count);
        Assert.All(problems, static p => Assert.Equal((560L, "620", "560"), (p.Index!.Value, p.Expected, p.Found)));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(256, 512)]
    [InlineData(500, 600)]
    public async Task Tail_Cut_IsSeenByTheVerificationOfARange(long from, long to)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        var range = new VerifyRequest { FromIndex = from, ToIndex = to, SealerIsStopped = true };
        var good = await log.VerifyAsync(range);
        Assert.True(good.IsGood, Print(good));
        Assert.Contains("that the log does not end before what was signed, anchored or witnessed", good.Verified);

        await CutAsync(log, 600, checkpoints: false);
        Named(await log.VerifyAsync(range), Kind.TailCut, 600);
        await CutAsync(log, 560, checkpoints: true);
        Assert.Equal(2, (await log.VerifyAsync(range)).Problems.Count(static p => p is { Kind: Kind.RolledBack, Index: 560 }));
    }

    [Fact]
    public async Task History_RewrittenAndSignedWithTheStolenKey_IsAForkToAnchorsAndWitness()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ForgedHistory.WriteAsync(log, AuditBench.LogKey);

        var report = await log.VerifyAsync();
        Assert.Contains(report.Problems, static p => p.Kind == Kind.Fork && p.Sentence.StartsWith("The witness", StringComparison.Ordinal));
        Assert.Contains(report.Problems, static p => p.Kind == Kind.Fork && p.Sentence.StartsWith("The anchor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_RewrittenAndSignedWithAnotherKey_IsNotSignedAsItShouldBe()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ForgedHistory.WriteAsync(log, Keys.Of(AuditBench.Origin, 77));

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.CheckpointSignature);
    }

    [Fact]
    public async Task History_RewrittenWithANewKeyFile_IsFoundByTheAnchors()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        var key = Keys.Of(AuditBench.Origin, 77);
        await ForgedHistory.WriteAsync(log, key);
        log.Trust = log.Trust with { LogKeys = [key.AsLog().Key] };

        var report = await log.VerifyAsync();
        Assert.Contains(report.Problems, static p => p.Kind == Kind.AnchorUnreadable);
        Assert.Contains(report.Problems, static p => p.Kind == Kind.Fork);
    }

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

    [Theory]
    [InlineData("UPDATE audit.anchor SET size = 301 WHERE size = 300")]
    [InlineData("INSERT INTO audit.anchor (size, name, at) SELECT 700, 'folder', at FROM audit.anchor WHERE size = 300")]
    public async Task Anchor_OfNoCheckpoint_IsFound(string sql)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync(sql);

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.AnchorChanged);
    }

    [Fact]
    public async Task AnchorFile_Changed_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        var file = Directory.GetFiles(log.Trust.AnchorFolders[0], "*300*").Single();
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("\n300\n", "\n301\n", StringComparison.Ordinal));

        Assert.Single((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.AnchorUnreadable);
    }

    [Fact]
    public async Task Everything_Deleted_IsRolledBack()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        foreach (var table in (string[])["event", "leaf", "gap", "search", "disclosure", "tile", "checkpoint", "cosignature", "anchor", "actor", "receipt", "inbox", "progress"])
        {
            await log.ExecuteAsync($"DELETE FROM audit.{table}");
        }

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p is { Kind: Kind.RolledBack, Index: 0, Expected: "620", Found: "0" });
    }

    [Fact]
    public async Task Verify_ManyProblems_CountsAllAndListsSome()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("UPDATE audit.search SET outcome = 'denied'");

        var report = await log.VerifyAsync(new VerifyRequest { Full = true, SealerIsStopped = true, Limit = 10 });
        Assert.Equal(10, report.Problems.Count);
        Assert.InRange(report.ProblemCount, 400, 620);
    }

    [Fact]
    public async Task Verify_ARange_FindsWhatIsInItAndSaysWhatIsNot()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "event", "leaf", "leaf_index = 300");
        await ChangeAsync(log, "event", "leaf", "leaf_index = 10");

        var report = await log.VerifyAsync(new VerifyRequest { FromIndex = 260, ToIndex = 310, SealerIsStopped = true });
        Assert.Equal((256L, 512L), (report.From, report.To));
        Assert.Equal(300, Assert.Single(report.Problems, static p => p.Kind == Kind.EventChanged).Index);
        Assert.DoesNotContain(report.Problems, static p => p.Index == 10);
        Assert.NotEmpty(report.NotVerified);
    }

    /// <summary>The one problem of a kind at an index.</summary>
    private protected static VerifyProblem Named(VerifyReport report, Kind expected, long index)
    {
        var found = report.Problems.FirstOrDefault(p => p.Kind == expected && p.Index == index);
        Assert.True(found is not null, $"expected {expected} at {index}:\n{Print(report)}");
        return found!;
    }

    private protected static string Print(VerifyReport report) =>
        string.Join('\n', report.Problems.Select(static p => $"{p.Kind} {p.Index}-{p.LastIndex} good {p.LastGoodCheckpoint}: {p.Sentence}").Concat(report.Notes));

    /// <summary>Changes one cell a little, of whatever type it is.</summary>
    internal static async Task ChangeAsync(TamperedLog log, string table, string column, string where, int at = 20)
    {
        var value = (await log.RowsAsync($"SELECT {column} FROM audit.{table} WHERE {where}")).Single()[0];
        await log.ExecuteAsync($"UPDATE audit.{table} SET {column} = @p0 WHERE {where}", Cells.Changed(value, at));
    }

    private static async Task SwapAsync(TamperedLog log, string table, long one, long other)
    {
        if (table is "leaf" or "search")
        {
            // The number is unique: out of the way first.
            await log.ExecuteAsync($"UPDATE audit.{table} SET leaf_index = -1 WHERE leaf_index = {one}");
            await log.ExecuteAsync($"UPDATE audit.{table} SET leaf_index = {one} WHERE leaf_index = {other}");
            await log.ExecuteAsync($"UPDATE audit.{table} SET leaf_index = {other} WHERE leaf_index = -1");
            return;
        }

        var column = table == "event" ? "leaf" : "items";
        var rows = await log.RowsAsync($"SELECT {column} FROM audit.{table} WHERE leaf_index IN ({one}, {other}) ORDER BY leaf_index");
        var (first, second) = one < other ? (rows[0][0], rows[1][0]) : (rows[1][0], rows[0][0]);
        await log.ExecuteAsync($"UPDATE audit.{table} SET {column} = @p0 WHERE leaf_index = {one}", second);
        await log.ExecuteAsync($"UPDATE audit.{table} SET {column} = @p0 WHERE leaf_index = {other}", first);
    }

    private static async Task FitHashAsync(TamperedLog log, long index)
    {
        var leaf = (byte[])(await log.RowsAsync($"SELECT leaf FROM audit.event WHERE leaf_index = {index}")).Single()[0]!;
        await log.ExecuteAsync($"UPDATE audit.leaf SET hash = @p0 WHERE leaf_index = {index}", Core.AuditTrail.Merkle.TreeHasher.Leaf(leaf).Bytes.ToArray());
    }

    private static async Task FitTileAsync(TamperedLog log, long index)
    {
        var tile = (byte[])(await log.RowsAsync($"SELECT hashes FROM audit.tile WHERE level = 0 AND n = {index / 256}")).Single()[0]!;
        var hash = (byte[])(await log.RowsAsync($"SELECT hash FROM audit.leaf WHERE leaf_index = {index}")).Single()[0]!;
        hash.CopyTo(tile, (int)(index % 256) * 32);
        await log.ExecuteAsync($"UPDATE audit.tile SET hashes = @p0 WHERE level = 0 AND n = {index / 256}", tile);
    }

    private static async Task CutAsync(TamperedLog log, long size, bool checkpoints)
    {
        foreach (var table in (string[])["event", "leaf", "search", "disclosure", "gap"])
        {
            await log.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM audit.{table} WHERE leaf_index >= {size}"));
        }

        if (checkpoints)
        {
            foreach (var table in (string[])["cosignature", "anchor", "checkpoint"])
            {
                await log.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM audit.{table} WHERE size > {size}"));
            }
        }
    }
}
