using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Storage;

/// <summary>Proofs of single leaves out of both databases, over rows written by hand.</summary>
public abstract class LeafProofsContract(DatabaseKind kind) : IAsyncLifetime
{
    // Two full tiles and a part of a third one; at level 1 a tile of two.
    private const int Size = 600;

    private static readonly SigningKey Key = SigningKey.Generate("opsconsole.example/log");

    private TestDatabase _database = null!;
    private SealedLog _log = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(kind);
        _log = new SealedLog(_database.Database, TimeProvider.System);
        var builder = new TileBuilder();
        List<TileData> full = [];
        builder.Append([.. Enumerable.Range(0, Size).Select(static i => TreeHasher.Leaf(Leaf(i)))], full);
        await _database.ExecuteAsync($"INSERT INTO audit.leaf (leaf_index, seq, hash) VALUES {string.Join(',', Enumerable.Range(0, Size).Select(i => $"({i}, {i + 1}, {Blob(TreeHasher.Leaf(Leaf(i)).Bytes)})"))}");
        if (kind == DatabaseKind.Postgres)
        {
            await _database.ExecuteAsync("SELECT audit.make_partitions(now(), now())");
        }

        await _database.ExecuteAsync($"INSERT INTO audit.event (leaf_index, sealed_at, leaf) VALUES {string.Join(',', Enumerable.Range(10, Size - 10).Select(i => $"({i}, {Now}, {Blob(Leaf(i))})"))}");
        foreach (var tile in full)
        {
            await _database.ExecuteAsync($"INSERT INTO audit.tile (level, n, hashes) VALUES ({tile.Tile.Level}, {tile.Tile.Index}, {Blob(tile.Hashes.Span)})");
        }
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Proof_OfEveryTenthLeaf_LeadsToTheSignedRoot()
    {
        await CheckpointAsync(Size, cosigned: false);

        for (var index = 10; index < Size; index += 10)
        {
            var proof = (await ProofAsync(index))!;

            Assert.True(proof.Holds);
            Assert.Equal(Leaf(index), proof.Bytes);
        }
    }

    [Fact]
    public async Task Proof_AsAFile_ConvincesWhoeverTrustsTheLogsKey()
    {
        await CheckpointAsync(Size, cosigned: false);
        var proof = (await ProofAsync(321))!;

        var file = new TlogProof(proof.Index, proof.Inclusion!.Path, proof.Checkpoint!.Signed).ToBytes();

        Assert.True(TlogProof.TryParse(file, out var read, out _));
        Assert.IsType<NoteVerification.Verified>(read.Checkpoint.Verify([Key.AsLog().Key]));
        Assert.True(read.Inclusion.Verify(TreeHasher.Leaf(proof.Bytes), read.Checkpoint.Checkpoint.Root));
    }

    [Fact]
    public async Task Proof_OfALeafThatWasChanged_DoesNotHold()
    {
        await CheckpointAsync(Size, cosigned: false);
        var proof = (await ProofAsync(20))!;

        Assert.False((proof with { Bytes = Leaf(21) }).Holds);
        Assert.False((proof with { Hash = TreeHasher.Leaf(Leaf(21)), Bytes = Leaf(21) }).Holds);
    }

    [Fact]
    public async Task Proof_OfAPrunedLeaf_KeepsHashAndWay()
    {
        await CheckpointAsync(Size, cosigned: false);

        var proof = (await ProofAsync(3))!;

        Assert.Null(proof.Bytes);
        Assert.Equal(TreeHasher.Leaf(Leaf(3)), proof.Hash);
        Assert.True(proof.Inclusion!.Verify(proof.Hash, proof.Checkpoint!.Signed.Checkpoint.Root));
        Assert.Null(await ProofAsync(Size));
        Assert.Null(await ProofAsync(-1));
    }

    [Fact]
    public async Task Proof_BeforeAnyCheckpoint_IsHashAndBytes()
    {
        var proof = (await ProofAsync(20))!;

        Assert.Equal((TreeHasher.Leaf(Leaf(20)), null, false), (proof.Hash, proof.Checkpoint, proof.Holds));
    }

    [Fact]
    public async Task Proof_CosignedCheckpointCovers_IsBeforeANewerOneWithout()
    {
        await CheckpointAsync(400, cosigned: true);
        await CheckpointAsync(Size, cosigned: false);

        var over300 = (await ProofAsync(300))!;
        var over400 = (await ProofAsync(400))!;

        Assert.Equal(400, over300.Checkpoint!.Size);
        Assert.Equal(new CosignedBy("witness.example/w", DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000)), Assert.Single(over300.Cosigned));
        Assert.Equal(Size, over400.Checkpoint!.Size);
        Assert.Empty(over400.Cosigned);
        Assert.True(over300.Holds && over400.Holds);
    }

    private static byte[] Leaf(int i) => System.Text.Encoding.UTF8.GetBytes($"{{\"n\":{i}}}");

    private Task<LeafProof?> ProofAsync(long index) => new LeafProofs(_log).OfAsync(index, CancellationToken.None);

    private string Now => kind == DatabaseKind.Sqlite ? "1700000000000000" : "now()";

    private string Blob(ReadOnlySpan<byte> bytes) => kind == DatabaseKind.Sqlite ? $"x'{Convert.ToHexString(bytes)}'" : $"'\\x{Convert.ToHexString(bytes)}'";

    private async Task CheckpointAsync(int size, bool cosigned)
    {
        var root = await new TiledTree(_log, size).RootAsync(CancellationToken.None);
        var note = new Checkpoint(Key.Name, size, root).Sign(Key.AsLog());
        await _database.ExecuteAsync($"INSERT INTO audit.checkpoint (size, root, note, signed_at) VALUES ({size}, {Blob(root.Bytes)}, '{note}', {Now})");
        if (cosigned)
        {
            await _database.ExecuteAsync($"INSERT INTO audit.cosignature (size, name, line, at) VALUES ({size}, 'witness.example/w', '{new NoteSignature("witness.example/w", 7, (byte[])[0, 0, 0, 0, 0x65, 0x53, 0xf1, 0, .. new byte[64]])}', {Now})");
        }
    }
}
