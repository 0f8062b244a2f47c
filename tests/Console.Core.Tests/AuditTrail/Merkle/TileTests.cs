using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Merkle;

/// <summary>Tiles of c2sp.org/tlog-tiles: addresses, widths, contents, and proofs that read few of them.</summary>
public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000", "tile/entries/000")]
    [InlineData(0, 999, 5, "tile/0/999.p/5", "tile/entries/999.p/5")]
    [InlineData(1, 1000, 256, "tile/1/x001/000", "tile/entries/x001/000")]
    [InlineData(3, 1234067, 255, "tile/3/x001/x234/067.p/255", "tile/entries/x001/x234/067.p/255")]
    public void Path_OfATile_IsSpelledInGroups(int level, long index, int width, string path, string entries)
    {
        var tile = new Tile(level, index, width);

        Assert.Equal((path, entries), (tile.Path, tile.EntriesPath));
        Assert.True(Tile.TryParsePath(path, out var read, out var isEntries));
        Assert.Equal((tile, false), (read, isEntries));
        Assert.True(Tile.TryParsePath(entries, out read, out isEntries));
        Assert.Equal((tile with { Level = 0 }, true), (read, isEntries));
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/002")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/x001/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/8/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/data/000")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("checkpoint")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParsePath_OtherSpelling_IsRefused(string? path) => Assert.False(Tile.TryParsePath(path, out _, out _));

    [Fact]
    public void TryParsePath_AnyTile_ReadsBack()
    {
        var tiles = from level in Gen.Choose(0, 7)
                    from high in Gen.Choose(0, 1 << 23)
                    from low in Gen.Choose(0, int.MaxValue)
                    from shift in Gen.Choose(0, 54)
                    from width in Gen.Choose(1, 256)
                    select new Tile(level, (((long)high << 31) | (uint)low) >> shift, width);
        Laws.Holds(tiles, static tile => Tile.TryParsePath(tile.Path, out var read, out var entries) && read == tile && !entries);
    }

    [Fact]
    public void Edge_OfSeventyThousand_HasThreeLevels() =>
        Assert.Equal([new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1)], Tile.Edge(70_000));

    [Fact]
    public void Edge_OfAFullTile_HasOnlyTheTileAbove() => Assert.Equal([new Tile(1, 0, 1)], Tile.Edge(256));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(70_000)]
    public void TileBuilder_StoppedAndResumed_MakesTheSameTiles(int size)
    {
        var leaves = Trees.Leaves(size + 600);
        var straight = MemoryTiles.Of(leaves);
        var first = new TileBuilder();
        var full = new List<TileData>();
        first.Append(leaves.AsSpan(0, size), full);
        var second = new TileBuilder(size, [.. first.Edge().Select(static t => t.Hashes)]);

        Assert.Equal(first.Root(), second.Root());
        second.Append(leaves.AsSpan(size), full);
        var made = full.Concat(second.Edge()).ToDictionary(static t => t.Tile.Path, static t => t.Hashes.ToArray());

        Assert.Equal(straight.Stored.Keys.Order(StringComparer.Ordinal), made.Keys.Order(StringComparer.Ordinal));
        Assert.All(straight.Stored, tile => Assert.Equal(tile.Value, made[tile.Key]));
        Assert.Equal(Trees.Root(leaves), second.Root());
        Assert.Equal(Trees.Root(leaves), second.Compact().Root());
    }

    [Fact]
    public void TileBuilder_EdgeMissing_NamesTheTile()
    {
        var lost = Assert.Throws<MissingTileException>(() => new TileBuilder(257, [new byte[32]]));

        Assert.Equal(new Tile(1, 0, 1), lost.Tile);
    }

    [Fact]
    public async Task TiledTree_SeventyThousandLeaves_ProvesWithFewTiles()
    {
        var leaves = Trees.Leaves(70_000);
        var tiles = MemoryTiles.Of(leaves);
        var tree = new TiledTree(tiles, leaves.Length);
        var root = await tree.RootAsync(default);
        Assert.Equal(Trees.Root(leaves), root);

        foreach (var index in new[] { 0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999 })
        {
            var before = tiles.Reads;
            Assert.True((await tree.InclusionAsync(index, default)).Verify(leaves[index], root));
            Assert.InRange(tiles.Reads - before, 1, 6);
            Assert.Equal(leaves[index], await tree.LeafHashAsync(index, default));

            // An older size over the same, grown, store.
            var older = new TiledTree(tiles, index + 1);
            Assert.Equal(Trees.Root(leaves.AsSpan(0, index + 1)), await older.RootAsync(default));
            Assert.True((await tree.ConsistencyAsync(index + 1, default)).Verify(await older.RootAsync(default), root));
        }

        Assert.Equal(root, (await tree.CompactAsync(default)).Root());
    }

    [Fact]
    public async Task TiledTree_TileMissing_NamesIt()
    {
        var tiles = MemoryTiles.Of(Trees.Leaves(600));
        tiles.Stored.Remove("tile/0/001");

        var lost = await Assert.ThrowsAsync<MissingTileException>(async () => await new TiledTree(tiles, 600).InclusionAsync(300, default));

        Assert.Equal("tile/0/001", lost.Tile.Path);
    }

    [Fact]
    public void EntryBundle_AnyEntries_ReadBack()
    {
        var entry = Gen.Choose(0, 255).Select(static i => (byte)i).ArrayOf();
        Laws.Holds(entry.ListOf(), static entries =>
        {
            var bundle = EntryBundle.Write([.. entries.Select(static e => new ReadOnlyMemory<byte>(e))]);
            return EntryBundle.TryRead(bundle, out var read) && read.Count == entries.Count && read.Zip(entries).All(static p => p.First.Span.SequenceEqual(p.Second))
                && (bundle.Length == 0 || !EntryBundle.TryRead(bundle.AsMemory(0, bundle.Length - 1), out var cut) || cut.Count < entries.Count);
        });
    }

    [Fact]
    public void EntryBundle_EntryTooLong_Throws() => Assert.Throws<ArgumentException>(() => EntryBundle.Write([new byte[65_536]]));
}
