using System.Text;
using System.Text.RegularExpressions;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Witnessing;
using OpsConsole.Core.Crashing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>Kills the witness, which is a process of its own, at every step: it never goes back, and never signs two histories.</summary>
public sealed partial class WitnessCrashTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opsconsole-witness-");
    private readonly List<MerkleHash> _leaves = [TreeHasher.Leaf("first"u8)];
    private readonly Dictionary<long, MerkleHash> _signed = [];
    private readonly HttpClient _http = new();
    private long _last;

    /// <summary>What the tests of this class kill at.</summary>
    internal static IReadOnlyList<CrashStep> Steps { get; } = [CrashStep.WitnessVerified, CrashStep.FileWrittenBeside, CrashStep.FileRenamed, CrashStep.WitnessKept];

    private string KeyFile => Path.Combine(_folder.FullName, "witness.key");

    [Fact]
    public async Task Witness_KilledAtEveryStep_NeverGoesBackAndNeverSignsTwoHistories()
    {
        // Its key, at the first start: whole or not at all.
        foreach (var step in (CrashStep[])[CrashStep.FileWrittenBeside, CrashStep.FileRenamed])
        {
            await using var killed = Start(step);
            await killed.DiedAsync();
            Assert.Equal(step == CrashStep.FileRenamed, File.Exists(KeyFile));
        }

        foreach (var step in Steps)
        {
            Grow();
            await using (var armed = Start(step))
            {
                Assert.IsType<WitnessReply.Unavailable>(await (await ClientAsync(armed)).AddAsync(await GrownAsync(_last), default));
                await armed.DiedAsync();
            }

            await using var witness = Start(null);
            var client = await ClientAsync(witness);
            var seen = await LatestAsync(witness);
            Assert.Equal(step is CrashStep.FileRenamed or CrashStep.WitnessKept ? _leaves.Count : _last, seen);

            // Another history of the size that it may have been signing meets a refusal where it was kept; the true one is signed in any case.
            if (seen == _leaves.Count)
            {
                Assert.IsType<WitnessReply.Inconsistent>(await client.AddAsync(await GrownAsync(seen, fork: true), default));
            }

            Assert.IsType<WitnessReply.Cosigned>(await client.AddAsync(await GrownAsync(seen), default));
            Assert.IsType<WitnessReply.Inconsistent>(await client.AddAsync(await GrownAsync(_leaves.Count, fork: true), default));
            Assert.Equal(_leaves.Count, await LatestAsync(witness));
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private CrashingProcess Start(CrashStep? step) => CrashingProcess.Start(
    [
        .. step is { } at ? (string[])["--crash-at", at.ToString()] : [],
        "audit", "witness", "--listen", "http://127.0.0.1:0", "--state", Path.Combine(_folder.FullName, "state"), "--key", KeyFile, "--name", "witness.example/w1",
        "--log", Keys.Log.AsLog().Key.ToString(),
    ]);

    private static async Task<Uri> AddressAsync(CrashingProcess witness) =>
        new(Submit().Match(await witness.PrintedAsync("Stop with Ctrl+C")).Groups["url"].Value);

    private async Task<WitnessClient> ClientAsync(CrashingProcess witness)
    {
        var address = await AddressAsync(witness);
        return new WitnessClient(_http, address, SigningKeyFile.Read(KeyFile)[0].AsWitness(TimeProvider.System).Key, TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    // What it tells monitors; 0 before the first.
    private async Task<long> LatestAsync(CrashingProcess witness)
    {
        using var answer = await _http.GetAsync(new Uri(await AddressAsync(witness), $"{WitnessStore.HashOf(Keys.Log.Name)}/checkpoint"));
        if (!answer.IsSuccessStatusCode)
        {
            return 0;
        }

        Assert.True(SignedCheckpoint.TryParse(await answer.Content.ReadAsByteArrayAsync(), out var signed, out var problem), problem);
        var (size, root) = (signed.Checkpoint.Size, signed.Checkpoint.Root);
        Assert.True(size >= _last, $"It went back from {_last} to {size}.");
        Assert.Equal(_signed.GetValueOrDefault(size, root), root);
        _signed[size] = root;
        _last = size;
        return size;
    }

    private void Grow()
    {
        for (var i = 0; i < 5; i++)
        {
            _leaves.Add(TreeHasher.Leaf(Encoding.UTF8.GetBytes($"leaf {_leaves.Count}")));
        }
    }

    private async Task<ConsistencyFile> GrownAsync(long from, bool fork = false)
    {
        MerkleHash[] leaves = [.. _leaves];
        if (fork)
        {
            leaves[^1] = TreeHasher.Leaf("another"u8);
        }

        var tree = new TiledTree(MemoryTiles.Of(leaves), leaves.Length);
        IReadOnlyList<MerkleHash> path = from == 0 || from == leaves.Length ? [] : (await tree.ConsistencyAsync(from, default)).Path;
        return new ConsistencyFile(from, path, Keys.Checkpoint(leaves.Length, await tree.RootAsync(default)));
    }

    [GeneratedRegex(@"Submit\s+POST (?<url>http\S+)add-checkpoint", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Submit();
}
