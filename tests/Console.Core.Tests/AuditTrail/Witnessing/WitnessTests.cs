using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Witnessing;
using OpsConsole.Core.Tests.AuditTrail.Merkle;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Witnessing;

/// <summary>The witness's decisions and its memory, without a socket.</summary>
public sealed class WitnessTests : IDisposable
{
    private static readonly MerkleHash[] Leaves = Trees.Leaves(100);
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("witness-");
    private readonly ISigner signer = Keys.Of("witness.example/w1", 7).AsWitness(new ManualTimeProvider(Now));
    private WitnessStore store;
    private Witness witness;

    public WitnessTests()
    {
        store = WitnessStore.Open(folder.FullName);
        witness = new Witness(store, [Keys.Log.AsLog().Key], [signer]);
    }

    [Fact]
    public async Task Add_LogGrows_IsCosignedAndKept()
    {
        foreach (var (from, to) in new[] { (0L, 1L), (1, 40), (40, 40), (40, 100) })
        {
            var cosigned = Assert.IsType<WitnessDecision.Cosigned>(witness.Add((await RequestAsync(from, to)).ToBytes()));
            var signed = Keys.Checkpoint(to, Root(to)).With(cosigned.Cosignatures);
            var by = Assert.IsType<NoteVerification.Verified>(signed.Note.Verify([signer.Key])).By;
            Assert.Equal(Now, Assert.Single(by).Time);
            Assert.Equal(signed.ToString(), witness.Latest(WitnessStore.HashOf(Keys.Log.Name))!.ToString());
        }
    }

    [Fact]
    public async Task Add_AfterARestart_RemembersWhatItSaw()
    {
        witness.Add((await RequestAsync(0, 40)).ToBytes());
        Restart();

        Assert.Equal(new WitnessDecision.Conflict(40), witness.Add((await RequestAsync(0, 50)).ToBytes()));
        Assert.IsType<WitnessDecision.Cosigned>(witness.Add((await RequestAsync(40, 50)).ToBytes()));
    }

    [Fact]
    public async Task Add_RolledBackLog_IsAConflictWithTheLargerSize()
    {
        witness.Add((await RequestAsync(0, 40)).ToBytes());

        // The database was restored to 30 events, and the log goes on from there.
        Assert.Equal(new WitnessDecision.Conflict(40), witness.Add((await RequestAsync(30, 35)).ToBytes()));
        Assert.Equal(new WitnessDecision.Conflict(40), witness.Add((await RequestAsync(0, 0)).ToBytes()));
    }

    [Fact]
    public async Task Add_ForkSignedWithTheLogsOwnKey_IsInconsistent()
    {
        witness.Add((await RequestAsync(0, 40)).ToBytes());
        var forged = Leaves.ToArray();
        forged[10] = TreeHasher.Leaf("another history"u8);
        var fork = new TiledTree(MemoryTiles.Of(forged), 50);
        var signed = Keys.Checkpoint(50, await fork.RootAsync(default));

        Assert.IsType<WitnessDecision.Inconsistent>(witness.Add(new ConsistencyFile(40, (await fork.ConsistencyAsync(40, default)).Path, signed).ToBytes()));
        Assert.IsType<WitnessDecision.Inconsistent>(witness.Add(new ConsistencyFile(40, [], Keys.Checkpoint(40, await fork.RootAsync(default))).ToBytes()));
        Assert.Equal(40, witness.Latest(WitnessStore.HashOf(Keys.Log.Name))!.Checkpoint.Size);
    }

    [Fact]
    public async Task Add_ProofWhereNoneIsNeeded_IsInconsistent()
    {
        var request = await RequestAsync(0, 40);
        Assert.IsType<WitnessDecision.Inconsistent>(witness.Add((request with { Path = [TreeHasher.Empty] }).ToBytes()));
        witness.Add(request.ToBytes());
        Assert.IsType<WitnessDecision.Inconsistent>(witness.Add((await RequestAsync(40, 40) with { Path = [TreeHasher.Empty] }).ToBytes()));
    }

    [Fact]
    public void Add_EmptyTreeWithAnotherRoot_IsInconsistent()
    {
        Assert.IsType<WitnessDecision.Inconsistent>(witness.Add(new ConsistencyFile(0, [], Keys.Checkpoint(0, Leaves[0])).ToBytes()));
        Assert.IsType<WitnessDecision.Cosigned>(witness.Add(new ConsistencyFile(0, [], Keys.Checkpoint(0, TreeHasher.Empty)).ToBytes()));
    }

    [Fact]
    public async Task Add_OldSizeAboveTheNew_IsABadRequest()
    {
        var request = await RequestAsync(0, 40);

        Assert.IsType<WitnessDecision.BadRequest>(witness.Add((request with { OldSize = 41 }).ToBytes()));
        Assert.IsType<WitnessDecision.BadRequest>(witness.Add("old x\n\n"u8));
        Assert.IsType<WitnessDecision.BadRequest>(witness.Add([]));
    }

    [Fact]
    public void Add_UnknownOriginOrKey_IsRefused()
    {
        var stranger = Keys.Of("stranger.example/log", 8);
        var thief = Keys.Of(Keys.Log.Name, 8);
        var signed = Keys.Checkpoint(1, Root(1));
        var wrong = signed with { Note = signed.Note with { Signatures = [signed.Note.Signatures[0] with { Signature = new byte[64] }] } };

        Assert.Equal(new WitnessDecision.UnknownOrigin(stranger.Name), Add(new Checkpoint(stranger.Name, 1, Root(1)).Sign(stranger.AsLog())));
        Assert.IsType<WitnessDecision.Forbidden>(Add(new Checkpoint(Keys.Log.Name, 1, Root(1)).Sign(thief.AsLog())));
        Assert.IsType<WitnessDecision.Forbidden>(Add(wrong));
        Assert.Null(witness.Latest(WitnessStore.HashOf(Keys.Log.Name)));
        Assert.Null(witness.Latest(WitnessStore.HashOf(stranger.Name)));
        Assert.Null(witness.Latest("../../etc/passwd"));
    }

    [Fact]
    public async Task Add_ManyAtOnce_OneWinsEachStep()
    {
        // Every request starts from nothing; after the first has won, the others must learn of its size. The slow signer holds open the
        // gap between comparing and keeping.
        var slow = new SlowSigner(signer);
        var raced = new Witness(store, [Keys.Log.AsLog().Key], [slow]);
        var requests = await Task.WhenAll(Enumerable.Range(1, 12).Select(size => RequestAsync(0, size)));
        using var start = new Barrier(requests.Length);

        var decisions = await Task.WhenAll(requests.Select(request => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return raced.Add(request.ToBytes());
            },
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        var winner = Assert.Single(decisions.OfType<WitnessDecision.Cosigned>()).Checkpoint.Checkpoint.Size;
        Assert.Equal(requests.Length - 1, decisions.OfType<WitnessDecision.Conflict>().Count(conflict => conflict.Size == winner));
        Assert.Equal(winner, raced.Latest(WitnessStore.HashOf(Keys.Log.Name))!.Checkpoint.Size);
    }

    [Fact]
    public void Open_SecondWitnessOnTheSameFolder_IsRefused() => Assert.Throws<IOException>(() => WitnessStore.Open(folder.FullName));

    [Fact]
    public async Task Add_MemoryDamaged_CosignsNothing()
    {
        witness.Add((await RequestAsync(0, 40)).ToBytes());
        File.WriteAllText(Path.Combine(folder.FullName, $"{WitnessStore.HashOf(Keys.Log.Name)}.checkpoint"), "");

        var damaged = Assert.Throws<IOException>(() => witness.Add(Request(0, 50, []).ToBytes()));

        Assert.Contains(Keys.Log.Name, damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_LeftoverOfACrash_IsOverwritten()
    {
        // The process died between writing beside and renaming: the old file counts, and the next write succeeds.
        witness.Add((await RequestAsync(0, 40)).ToBytes());
        File.WriteAllText(Path.Combine(folder.FullName, $"{WitnessStore.HashOf(Keys.Log.Name)}.checkpoint.new"), "half a che");
        Restart();

        Assert.Equal(40, witness.Latest(WitnessStore.HashOf(Keys.Log.Name))!.Checkpoint.Size);
        Assert.IsType<WitnessDecision.Cosigned>(witness.Add((await RequestAsync(40, 50)).ToBytes()));
        Assert.Equal(["witness.lock", $"{WitnessStore.HashOf(Keys.Log.Name)}.checkpoint"], folder.GetFiles().Select(static f => f.Name).OrderDescending(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Delete(recursive: true);
    }

    private static MerkleHash Root(long size) => Trees.Root(Leaves.AsSpan(0, (int)size));

    private static ConsistencyFile Request(long from, long to, IReadOnlyList<MerkleHash> path) => new(from, path, Keys.Checkpoint(to, Root(to)));

    private static async Task<ConsistencyFile> RequestAsync(long from, long to) =>
        Request(from, to, (await new TiledTree(MemoryTiles.Of(Leaves), to).ConsistencyAsync(from, default)).Path);

    private WitnessDecision Add(SignedCheckpoint checkpoint) => witness.Add(new ConsistencyFile(0, [], checkpoint).ToBytes());

    private void Restart()
    {
        store.Dispose();
        store = WitnessStore.Open(folder.FullName);
        witness = new Witness(store, [Keys.Log.AsLog().Key], [signer]);
    }

    private sealed class SlowSigner(ISigner inner) : ISigner
    {
        public VerifierKey Key => inner.Key;

        public NoteSignature Sign(string text)
        {
            Thread.Sleep(20);
            return inner.Sign(text);
        }
    }
}
