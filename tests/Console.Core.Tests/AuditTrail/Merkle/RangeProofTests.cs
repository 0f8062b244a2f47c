using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Merkle;

/// <summary>Range proofs: every range of every small tree, and what they refuse.</summary>
public sealed class RangeProofTests
{
    [Fact]
    public async Task Range_EveryRangeOfEverySmallTree_Holds()
    {
        var leaves = Trees.Leaves(40);
        var tiles = MemoryTiles.Of(leaves);
        for (var size = 0; size <= leaves.Length; size++)
        {
            var tree = new TiledTree(tiles, size);
            var root = Trees.Root(leaves.AsSpan(0, size));
            for (var start = 0; start <= size; start++)
            {
                for (var end = start; end <= size; end++)
                {
                    var proof = await tree.RangeAsync(start, end, default);
                    Assert.True(proof.Verify(leaves[start..end], root), $"[{start},{end}) of {size}");
                }
            }
        }
    }

    [Fact]
    public async Task Range_OneLeaf_HasTheHashesOfItsInclusionProof()
    {
        var tree = new TiledTree(MemoryTiles.Of(Trees.Leaves(77)), 77);
        for (var index = 0; index < 77; index++)
        {
            var range = await tree.RangeAsync(index, index + 1, default);
            var inclusion = await tree.InclusionAsync(index, default);

            Assert.Equal(inclusion.Path.Select(static h => h.ToHex()).Order(StringComparer.Ordinal), range.Hashes.Select(static h => h.ToHex()).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Range_LeafMissingAddedMovedOrChanged_IsRefused()
    {
        var leaves = Trees.Leaves(700);
        var tree = new TiledTree(MemoryTiles.Of(leaves), leaves.Length);
        var root = await tree.RootAsync(default);
        var places = from start in Gen.Choose(0, 690)
                     from length in Gen.Choose(2, 700 - start)
                     from at in Gen.Choose(0, length - 2)
                     select (start, length, at);
        Laws.Holds(places, place =>
        {
            var proof = tree.RangeAsync(place.start, place.start + place.length, default).AsTask().GetAwaiter().GetResult();
            var range = leaves.AsSpan(place.start, place.length).ToArray();
            MerkleHash[] swapped = [.. range[..place.at], range[place.at + 1], range[place.at], .. range[(place.at + 2)..]];
            return proof.Verify(range, root)
                && !proof.Verify(range.Where((_, i) => i != place.at), root)
                && !proof.Verify(range.Append(range[0]), root)
                && !proof.Verify(swapped, root)
                && !(proof with { Start = proof.Start + 1 }).Verify(range, root)
                && !(proof with { Start = proof.Start + 1 }).Verify(range.Skip(1), root)
                && !(proof with { End = proof.End - 1 }).Verify(range.SkipLast(1), root)
                && !(proof with { Hashes = [.. proof.Hashes, root] }).Verify(range, root);
        });
    }

    [Theory]
    [InlineData(-1, 3, 5)]
    [InlineData(3, 2, 5)]
    [InlineData(0, 6, 5)]
    public void Open_NumbersThatDoNotFit_IsNull(long start, long end, long size) => Assert.Null(new RangeProof(start, end, size, []).Open());

    [Fact]
    public void Root_WhileLeavesAreMissing_IsNull()
    {
        var verifier = new RangeProof(0, 2, 2, []).Open()!;
        verifier.Append(TreeHasher.Leaf([]));

        Assert.Equal((1, (MerkleHash?)null), (verifier.Missing, verifier.Root()));
    }
}
