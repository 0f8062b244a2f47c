using System.Text.Json;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Merkle;

/// <summary>Inclusion and consistency: the 196 vectors of transparency-dev/merkle, the definitions on every small tree, and laws of tampering.</summary>
public sealed class ProofTests
{
    // testdata/inclusion and testdata/consistency of github.com/transparency-dev/merkle (Apache-2.0), one case a line, without descriptions.
    // This one calls 15 bytes of text a root and is content because both are the same; here nothing but 32 bytes is a root.
    private const string RootsOfText = "consistency/additional/sizes-are-equal-one-and-proof-is-empty";

    private static readonly Lazy<IReadOnlyList<JsonElement>> Vectors = new(static () =>
    {
        using var stream = typeof(ProofTests).Assembly.GetManifestResourceStream("transparency-dev-vectors.ndjson")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonDocument.Parse(l).RootElement)];
    });

    public static TheoryData<string> InclusionVectors => [.. Names("inclusion/")];

    public static TheoryData<string> ConsistencyVectors => [.. Names("consistency/")];

    [Fact]
    public void Vectors_AreAllThere() => Assert.Equal((98, 98), (InclusionVectors.Count, ConsistencyVectors.Count));

    [Theory]
    [MemberData(nameof(InclusionVectors))]
    public void Inclusion_PublishedVector_IsJudgedAsPublished(string name)
    {
        var vector = Find(name);

        // What is no hash, or no number of ours, is refused before a proof exists.
        var good = TryNumber(vector.GetProperty("leafIdx"), out var index) && TryNumber(vector.GetProperty("treeSize"), out var size)
            && TryHash(vector.GetProperty("leafHash"), out var leaf) && TryHash(vector.GetProperty("root"), out var root)
            && TryPath(vector.GetProperty("proof"), out var path) && new InclusionProof(index, size, path).Verify(leaf, root);

        Assert.Equal(!vector.GetProperty("wantErr").GetBoolean(), good);
    }

    [Theory]
    [MemberData(nameof(ConsistencyVectors))]
    public void Consistency_PublishedVector_IsJudgedAsPublished(string name)
    {
        var vector = Find(name);
        var good = TryNumber(vector.GetProperty("size1"), out var from) && TryNumber(vector.GetProperty("size2"), out var to)
            && TryHash(vector.GetProperty("root1"), out var fromRoot) && TryHash(vector.GetProperty("root2"), out var toRoot)
            && TryPath(vector.GetProperty("proof"), out var path) && new ConsistencyProof(from, to, path).Verify(fromRoot, toRoot);

        Assert.Equal(!vector.GetProperty("wantErr").GetBoolean() && name != RootsOfText, good);
    }

    [Fact]
    public async Task Inclusion_EveryLeafOfEverySmallTree_IsTheDefinitionAndHolds()
    {
        var leaves = Trees.Leaves(130);
        var tiles = MemoryTiles.Of(leaves);
        for (var size = 1; size <= leaves.Length; size++)
        {
            var tree = new TiledTree(tiles, size);
            var root = Trees.Root(leaves.AsSpan(0, size));
            Assert.Equal(root, await tree.RootAsync(default));
            for (var index = 0; index < size; index++)
            {
                var proof = await tree.InclusionAsync(index, default);
                Assert.Equal(Trees.Path(index, leaves.AsSpan(0, size)), proof.Path);
                Assert.True(proof.Verify(leaves[index], root));
                Assert.False(proof.Verify(leaves[index], leaves[index] == root ? TreeHasher.Empty : leaves[index]));
            }
        }
    }

    [Fact]
    public async Task Consistency_EveryPairOfSmallSizes_IsTheDefinitionAndHolds()
    {
        var leaves = Trees.Leaves(130);
        var tiles = MemoryTiles.Of(leaves);
        var roots = Enumerable.Range(0, leaves.Length + 1).Select(size => Trees.Root(leaves.AsSpan(0, size))).ToArray();
        for (var to = 1; to <= leaves.Length; to++)
        {
            for (var from = 1; from <= to; from++)
            {
                var proof = await new TiledTree(tiles, to).ConsistencyAsync(from, default);
                Assert.Equal(Trees.Proof(from, leaves.AsSpan(0, to)), proof.Path);
                Assert.True(proof.Verify(roots[from], roots[to]));
                Assert.False(proof.Verify(roots[from - 1], roots[to]));
                Assert.False(proof.Verify(roots[from], roots[to - 1]));
            }
        }
    }

    [Fact]
    public void Consistency_FromNothing_HoldsWithAnEmptyProofOnly()
    {
        var root = Trees.Root(Trees.Leaves(3));

        Assert.True(new ConsistencyProof(0, 3, []).Verify(TreeHasher.Empty, root));
        Assert.False(new ConsistencyProof(0, 3, [root]).Verify(TreeHasher.Empty, root));
        Assert.False(new ConsistencyProof(0, 3, []).Verify(root, root));
        Assert.False(new ConsistencyProof(0, 0, []).Verify(root, root));
        Assert.False(new ConsistencyProof(4, 3, []).Verify(root, root));
        Assert.False(new ConsistencyProof(-1, 3, []).Verify(root, root));
    }

    [Fact]
    public async Task Inclusion_AnyByteChanged_IsRefused()
    {
        var leaves = Trees.Leaves(300);
        var tree = new TiledTree(MemoryTiles.Of(leaves), leaves.Length);
        var root = await tree.RootAsync(default);
        var proofs = new InclusionProof[leaves.Length];
        for (var i = 0; i < proofs.Length; i++)
        {
            proofs[i] = await tree.InclusionAsync(i, default);
        }

        var places = from index in Gen.Choose(0, leaves.Length - 1)
                     from hash in Gen.Choose(0, proofs[index].Path.Count - 1)
                     from bit in Gen.Choose(0, 255)
                     select (index, hash, bit);
        Laws.Holds(places, place =>
        {
            var proof = proofs[place.index];
            var path = proof.Path.ToArray();
            path[place.hash] = Flip(path[place.hash], place.bit);
            return proof.Verify(leaves[place.index], root)
                && !(proof with { Path = path }).Verify(leaves[place.index], root)
                && !(proof with { Index = (proof.Index + 1) % leaves.Length }).Verify(leaves[place.index], root)
                && !(proof with { Path = [.. proof.Path, root] }).Verify(leaves[place.index], root)
                && !(proof with { Path = [.. proof.Path.SkipLast(1)] }).Verify(leaves[place.index], root)
                && !proof.Verify(Flip(leaves[place.index], place.bit), root);
        });
    }

    private static MerkleHash Flip(MerkleHash hash, int bit)
    {
        var bytes = hash.Bytes.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new MerkleHash(bytes);
    }

    private static IEnumerable<string> Names(string folder) =>
        Vectors.Value.Select(static v => v.GetProperty("name").GetString()!).Where(n => n.StartsWith(folder, StringComparison.Ordinal));

    private static JsonElement Find(string name) => Vectors.Value.Single(v => v.GetProperty("name").GetString() == name);

    private static bool TryNumber(JsonElement element, out long number) => element.TryGetInt64(out number);

    private static bool TryHash(JsonElement element, out MerkleHash hash)
    {
        hash = default;
        return element.ValueKind == JsonValueKind.String && MerkleHash.TryParse(element.GetString(), out hash);
    }

    private static bool TryPath(JsonElement element, out MerkleHash[] path)
    {
        path = [];
        if (element.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        path = new MerkleHash[element.GetArrayLength()];
        for (var i = 0; i < path.Length; i++)
        {
            if (!TryHash(element[i], out path[i]))
            {
                return false;
            }
        }

        return true;
    }
}
