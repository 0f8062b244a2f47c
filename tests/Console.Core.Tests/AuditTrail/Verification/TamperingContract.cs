using System.Globalization;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using Kind = OpsConsole.Core.AuditTrail.Verification.VerifyProblemKind;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <summary>Every way of the threat table to change the real database as its owner: found, and named for what it is, at its place.</summary>
public abstract partial class TamperingContract(DatabaseKind kind)
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
