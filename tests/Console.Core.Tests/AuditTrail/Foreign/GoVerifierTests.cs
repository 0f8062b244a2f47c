using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Foreign;

/// <summary>What our code writes, Go's golang.org/x/mod/sumdb verifies; and of changed copies, both refuse the same.</summary>
public sealed class GoVerifierTests : IDisposable
{
    private readonly LogFiles log = new(700);

    [Fact]
    public async Task Note_SignedHere_IsVerifiedThere()
    {
        var bytes = SignedNote.Sign("line one\n\nline two é\n", [Keys.Of("other.example", 3).AsLog(), Keys.Log.AsLog()]).ToBytes();

        await VerifiedAsync("note", LogFiles.LogKey, log.Write("note", bytes));
        bytes[3] ^= 1;
        await RefusedAsync("note", LogFiles.LogKey, log.Write("note", bytes));
    }

    [Fact]
    public async Task Note_SignedWithARotatedKey_IsVerifiedThereByEither()
    {
        var next = Keys.Of(Keys.Log.Name, 2);
        var file = log.Write("note", SignedNote.Sign("text\n", [next.AsLog(), Keys.Log.AsLog()]).ToBytes());

        await VerifiedAsync("note", LogFiles.LogKey, file);
        await VerifiedAsync("note", next.AsLog().Key.ToString(), file);
        await RefusedAsync("note", Keys.Of(Keys.Log.Name, 5).AsLog().Key.ToString(), file);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(511)]
    [InlineData(699)]
    public async Task Proof_OfALeaf_IsVerifiedThere(int index)
    {
        var proof = log.Write("leaf.tlog-proof", await log.ProofAsync(index));

        await VerifiedAsync("proof", LogFiles.LogKey, proof, log.Write("leaf", log.Leaves[index]));
        await VerifiedAsync("proof", LogFiles.LogKey, proof, log.Write("leaf", log.Leaves[index]), LogFiles.Witness.Key.ToString());
        await RefusedAsync("proof", LogFiles.LogKey, proof, log.Write("leaf", log.Leaves[(index + 1) % 700]));
        await RefusedAsync("proof", LogFiles.LogKey, proof, log.Write("leaf", log.Leaves[index]), Keys.Of("w2", 3).AsWitness(TimeProvider.System).Key.ToString());
    }

    [Fact]
    public async Task Proof_ChangedInManyPlaces_IsRefusedByBoth()
    {
        var whole = await log.ProofAsync(300);
        var leaf = log.Write("leaf", log.Leaves[300]);
        var policy = WitnessPolicy.Of([Keys.Log.AsLog().Key], [LogFiles.Witness.Key], 1);
        for (var at = 0; at < whole.Length; at += 11)
        {
            var changed = whole.ToArray();
            changed[at] ^= 2;

            Assert.False(TlogProof.TryParse(changed, out var read, out _) && read.Verify(log.Leaves[300], policy) is ProofVerdict.Trusted, $"byte {at}");
            await RefusedAsync("proof", LogFiles.LogKey, log.Write("changed.tlog-proof", changed), leaf, LogFiles.Witness.Key.ToString());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(300)]
    [InlineData(700)]
    public async Task Consistency_FromAnOlderCheckpoint_IsVerifiedThere(int from)
    {
        var older = log.Write("older", (await log.CheckpointAsync(from)).ToBytes());
        var file = await log.ConsistencyAsync(from);

        await VerifiedAsync("consistency", LogFiles.LogKey, older, log.Write("consistency", file));
        await RefusedAsync("consistency", LogFiles.LogKey, log.Write("forged", Keys.Checkpoint(from, TreeHasher.Leaf("another history"u8)).ToBytes()), log.Write("consistency", file));
        await RefusedAsync("consistency", LogFiles.LogKey, log.Write("other", (await log.CheckpointAsync(from + (from == 700 ? -1 : 1))).ToBytes()), log.Write("consistency", file));
    }

    [Theory]
    [InlineData(0, 700)]
    [InlineData(0, 1)]
    [InlineData(255, 513)]
    [InlineData(400, 700)]
    [InlineData(10, 10)]
    [InlineData(700, 700)]
    public async Task Range_OfLeaves_IsVerifiedThere(int start, int end)
    {
        var proof = log.Write("range", await log.RangeAsync(start, end));
        var lines = log.Lines(start, end);

        await VerifiedAsync("range", LogFiles.LogKey, proof, log.Write("leaves", lines));
        if (end - start > 1)
        {
            await RefusedAsync("range", LogFiles.LogKey, proof, log.Write("leaves", log.Lines(start, end - 1)));
            lines[^3] ^= 1;
            await RefusedAsync("range", LogFiles.LogKey, proof, log.Write("leaves", lines));
        }
    }

    [Fact]
    public async Task Tiles_OverHttp_AreVerifiedThere()
    {
        await using var server = await TlogServer.StartAsync(log);
        await VerifiedAsync("tiles", LogFiles.LogKey, server.Prefix);
        await VerifiedAsync("tiles", LogFiles.LogKey, server.Prefix, "0", "256", "699");

        // One bit of one tile, and nothing else: every entry whose proof needs that tile is refused, and no other.
        log.Tiles.Stored["tile/0/001"][40] ^= 1;
        await RefusedAsync("tiles", LogFiles.LogKey, server.Prefix, "257");
        await RefusedAsync("tiles", LogFiles.LogKey, server.Prefix, "300");
        await VerifiedAsync("tiles", LogFiles.LogKey, server.Prefix, "0", "699");
    }

    [Fact]
    public async Task Tiles_EntryChangedBelowGoodTiles_IsRefused()
    {
        await using var server = await TlogServer.StartAsync(log);
        log.Leaves[300][5] ^= 1;

        await RefusedAsync("tiles", LogFiles.LogKey, server.Prefix, "300");
    }

    [Theory]
    [InlineData(0, 700)]
    [InlineData(250, 600)]
    public async Task Bundle_WholeOrRange_IsVerifiedThereAndAnyChangeRefused(int start, int end)
    {
        var files = await log.BundleAsync(start, end);
        await VerifiedAsync("bundle", log.Zip("good.zip", files), LogFiles.LogKey);
        await VerifiedAsync("bundle", log.Zip("good.zip", files));
        await RefusedAsync("bundle", log.Zip("good.zip", files), Keys.Of("other.example", 4).AsLog().Key.ToString());

        foreach (var name in files.Keys)
        {
            var changed = files[name].ToArray();
            changed[changed.Length / 2] ^= 1;
            await RefusedAsync("bundle", log.Zip("changed.zip", new Dictionary<string, byte[]>(files, StringComparer.Ordinal) { [name] = changed }), LogFiles.LogKey);
        }

        var short1 = new Dictionary<string, byte[]>(files, StringComparer.Ordinal) { ["leaves.ndjson"] = log.Lines(start, end - 1) };
        await RefusedAsync("bundle", log.Zip("short.zip", short1), LogFiles.LogKey);
        foreach (var name in new[] { "checkpoint", "log.vkey", "leaves.ndjson" })
        {
            var lacking = new Dictionary<string, byte[]>(files, StringComparer.Ordinal);
            lacking.Remove(name);
            await RefusedAsync("bundle", log.Zip("lacking.zip", lacking), LogFiles.LogKey);
        }
    }

    [Fact]
    public async Task Run_WrongUsage_Exits2() => Assert.Equal(2, (await GoVerifier.RunAsync("proof", "x")).Exit);

    public void Dispose() => log.Dispose();

    private static async Task VerifiedAsync(params string[] arguments)
    {
        var (exit, output) = await GoVerifier.RunAsync(arguments);
        Assert.True(exit == 0, $"{string.Join(' ', arguments)} → {exit} {output}");
    }

    private static async Task RefusedAsync(params string[] arguments)
    {
        var (exit, output) = await GoVerifier.RunAsync(arguments);
        Assert.True(exit == 1, $"{string.Join(' ', arguments)} → {exit} {output}");
    }
}
