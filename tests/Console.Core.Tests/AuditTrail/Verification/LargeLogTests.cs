using System.Globalization;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Consoles;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <summary>
/// Two hundred thousand leaves, so that tiles of level 1 are full: what is wrong is located by tiles in the one walk that there is, and a verification
/// that was stopped goes on where it was, also in another process.
/// </summary>
public sealed class LargeLogTests : IAsyncLifetime
{
    private const int Size = 200_000;
    private const int Every = 20_000;
    private static readonly Actor Clara = new("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]);
    private AuditBench _bench = null!;
    private WatchedLedger _ledger = null!;

    public async Task InitializeAsync()
    {
        _bench = await AuditBench.CreateAsync(DatabaseKind.Postgres);
        await LargeLog.FillAsync(_bench, Size, Every);
        _ledger = new WatchedLedger(new LedgerSource(_bench.Database.Database));
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Verify_LargeLog_LocatesBadLeavesInOneWalk_AndIsResumed()
    {
        // In one test: filling costs more than all that follows.
        var report = await VerifyAsync();
        Assert.True(report.IsGood, string.Join('\n', report.Problems.Select(static p => p.Sentence)));
        Assert.Equal((Size, Size / Every), (report.Events, report.Checkpoints));
        OneWalk();

        await CancelAndResumeAsync();

        // One event, its bytes alone.
        await UnlockAsync();
        const long Bad = 173_337;
        await _bench.Database.ExecuteAsync("UPDATE audit.event SET leaf = (SELECT leaf FROM audit.event WHERE leaf_index = 7) WHERE leaf_index = 173337");
        report = await VerifyAsync();
        var problem = Assert.Single(report.Problems, static p => p.Kind == VerifyProblemKind.EventChanged);
        Assert.Equal((Bad, null, 160_000L), (problem.Index!.Value, problem.LastIndex, problem.LastGoodCheckpoint!.Value));
        Assert.Equal(1, report.Problems.Count(static p => p.Index is not null && p.Kind is not (VerifyProblemKind.SearchChanged or VerifyProblemKind.NumberTwice)));
        OneWalk();

        // The same, its hash and its tile of level 0 made to match: the tile above names the 256.
        await RewriteAsync(Bad, level1: false);
        problem = Assert.Single((await VerifyAsync()).Problems, static p => p.Kind == VerifyProblemKind.EventChanged);
        Assert.Equal((Bad / 256 * 256, (Bad / 256 * 256) + 255), (problem.Index!.Value, problem.LastIndex!.Value));
        Assert.Contains("the tile above still has what was sealed", problem.Sentence, StringComparison.Ordinal);
        OneWalk();

        // And the tile above as well: only the signed root is left, which names the leaves between two checkpoints.
        await RewriteAsync(Bad, level1: true);
        problem = Assert.Single((await VerifyAsync()).Problems, static p => p.Kind == VerifyProblemKind.RootDiffers);
        Assert.Equal((160_000L, 179_999L), (problem.Index!.Value, problem.LastIndex!.Value));
        OneWalk();
    }

    private async Task CancelAndResumeAsync()
    {
        var bookmark = new VerifyBookmark(Path.Combine(_bench.Database.Folder, "verification.json"));
        _ledger.HoldFrom = 120_000;
        long at;
        await using (var verifications = Verifications(bookmark))
        {
            Assert.Null(await verifications.StartAsync(Clara, new VerifyRequest(), CancellationToken.None));
            await UntilAsync(() => verifications.Current is { Progress.At: >= 60_000 });

            // As a kill would leave it: the file is what another process finds.
            await UntilAsync(() => bookmark.Read() is { Progress.At: > 0 });
            await using (var other = Verifications(bookmark))
            {
                Assert.Equal(VerifyStage.Failed, other.Current!.Stage);
                Assert.Contains("The console ended while Clara Weiss was verifying.", other.Current.Reason, StringComparison.Ordinal);
                Assert.Null(other.Resumption);
                await other.SettleAsync(CancellationToken.None);
                Assert.NotNull(other.Resumption);
            }

            verifications.Cancel(Clara);
            await UntilAsync(() => verifications.Current!.Stage == VerifyStage.Cancelled);
            at = verifications.Resumption!.ResumedAt!.Value;
            Assert.Equal(0, at % Every);
        }

        _ledger.Gate.SetResult();
        await using (var restarted = Verifications(bookmark))
        {
            await restarted.SettleAsync(CancellationToken.None);
            Assert.Equal((VerifyStage.Cancelled, at), (restarted.Current!.Stage, restarted.Resumption!.ResumedAt!.Value));
            Assert.StartsWith("Cancelled by Clara Weiss.", restarted.Current.Reason, StringComparison.Ordinal);
            _ledger.Rows.Clear();
            Assert.Null(await restarted.StartAsync(Clara, restarted.Resumption, CancellationToken.None));
            await UntilAsync(() => restarted.Current!.Stage == VerifyStage.Done);

            // Only what was left is read; the verdict says who read the rest.
            var report = restarted.Current!.Report!;
            Assert.True(report.IsGood, string.Join('\n', report.Problems.Select(static p => p.Sentence)));
            Assert.InRange(_ledger.Rows[LedgerTable.Event], Size - at, Size - at + 256);
            Assert.Contains(report.NotVerified, n => n.StartsWith(string.Create(CultureInfo.InvariantCulture, $"The leaves below index {at:N0} were verified, and nothing was wrong with them, by a run that began "), StringComparison.Ordinal));
            Assert.Null(bookmark.Read());
            Assert.Null(restarted.Resumption);
        }

        await using (var anew = Verifications(bookmark))
        {
            Assert.Null(anew.Current);
        }
    }

    // Progress is told four times a second and kept every second: on a fast machine the walk is held before either was due.
    private Verifications Verifications(VerifyBookmark bookmark) => new(
        new Verifier(_ledger, new FixedWitness(), _bench.Time), Trust, _bench.Trail, new ActEvents(_bench.Time), _bench.Reader, bookmark, new ConsolesInMemory(), new HurryingTime(TimeSpan.FromSeconds(2)));

    private static VerifyTrust Trust() => new() { LogKeys = [AuditBench.LogKey.AsLog().Key] };

    private async Task<VerifyReport> VerifyAsync()
    {
        _ledger.Rows.Clear();
        _ledger.Scans.Clear();
        return await new Verifier(_ledger, new FixedWitness(), _bench.Time).RunAsync(new VerifyRequest { SealerIsStopped = true }, Trust(), null, CancellationToken.None);
    }

    // Every leaf, every tile, once; nothing is looked up behind the walk.
    private void OneWalk()
    {
        foreach (var table in (LedgerTable[])[LedgerTable.Leaf, LedgerTable.Event, LedgerTable.Search])
        {
            Assert.Equal((table, 1, Size), (table, _ledger.Scans[table], _ledger.Rows[table]));
        }

        Assert.Equal((1, Size / 256), (_ledger.Scans[LedgerTable.Tile0], _ledger.Rows[LedgerTable.Tile0]));
        Assert.Equal((1, Size / 65_536), (_ledger.Scans[LedgerTable.Tile1], _ledger.Rows[LedgerTable.Tile1]));
        Assert.DoesNotContain(LedgerTable.Disclosure, _ledger.Scans.Keys);
    }

    private async Task UnlockAsync()
    {
        foreach (var table in (string[])["event", "leaf", "tile"])
        {
            await _bench.Database.ExecuteAsync($"ALTER TABLE audit.{table} DISABLE TRIGGER ALL");
        }

        await _bench.Database.ExecuteAsync(
            "DO $$ DECLARE r record; BEGIN FOR r IN SELECT inhrelid::regclass AS t FROM pg_inherits WHERE inhparent = 'audit.event'::regclass LOOP EXECUTE format('ALTER TABLE %s DISABLE TRIGGER ALL', r.t); END LOOP; END $$");
    }

    private async Task RewriteAsync(long index, bool level1)
    {
        var hash = TreeHasher.Leaf(await _bench.Database.ScalarAsync<byte[]>($"SELECT leaf FROM audit.event WHERE leaf_index = {index}"));
        await _bench.Database.ExecuteAsync($"UPDATE audit.leaf SET hash = '\\x{hash.ToHex()}' WHERE leaf_index = {index}");
        await PutAsync(0, index / 256, index % 256, hash);
        if (level1)
        {
            var tile = MerkleHash.Many(await _bench.Database.ScalarAsync<byte[]>($"SELECT hashes FROM audit.tile WHERE level = 0 AND n = {index / 256}"));
            await PutAsync(1, index / 65_536, index / 256 % 256, TreeHasher.Complete(tile));
        }
    }

    private Task PutAsync(int level, long n, long at, MerkleHash hash) => _bench.Database.ExecuteAsync(
        $"UPDATE audit.tile SET hashes = overlay(hashes PLACING '\\x{hash.ToHex()}'::bytea FROM {(at * 32) + 1} FOR 32) WHERE level = {level} AND n = {n}");

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1_200 && !condition(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(condition());
    }
}
