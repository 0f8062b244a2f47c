using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Anchoring;

/// <summary>The loop that brings checkpoints to an anchor, over both databases.</summary>
public sealed class AnchorLoopTests
{
    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Once_EveryCheckpoint_IsAnchoredAndRecordedAndReadBack(DatabaseKind kind)
    {
        await using var bench = await AuditBench.CreateAsync(kind);
        var folder = Path.Combine(bench.Database.Folder, "anchors");
        var loop = Loop(bench, folder);
        for (var i = 0; i < 3; i++)
        {
            await bench.AppendAsync(AnEvent.Many(10, $"r{i}-"));
            await bench.SealAsync();
        }

        Assert.Null(await loop.OnceAsync(CancellationToken.None));

        Assert.Equal([10L, 20, 30], await bench.Database.ListAsync<long>("SELECT size FROM audit.anchor ORDER BY size"));
        Assert.Equal(3, Directory.GetFiles(folder).Length);
        Assert.Equal(30, loop.State.Size);
        Assert.Equal(0, loop.State.Behind);
        var report = await VerifyAsync(bench, folder);
        Assert.True(report.IsGood, string.Join('\n', report.Problems.Select(static p => p.Sentence)));
        Assert.Equal(3, report.Anchors);

        // A restart brings what is new, and nothing twice.
        await bench.AppendAsync(AnEvent.Of("new"));
        await bench.SealAsync();
        Assert.Null(await Loop(bench, folder).OnceAsync(CancellationToken.None));
        Assert.Equal(4, Directory.GetFiles(folder).Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Once_FolderKnowsMoreThanTheDatabase_IsAnIncidentWithBothSizesThatSurvivesARestart(DatabaseKind kind)
    {
        await using var before = await AuditBench.CreateAsync(kind);
        var folder = Path.Combine(before.Database.Folder, "anchors");
        await before.AppendAsync(AnEvent.Many(30));
        await before.SealAsync();
        await Loop(before, folder).OnceAsync(CancellationToken.None);

        // Another database with the same key and fewer events: the first one restored from an old backup.
        await using var restored = await AuditBench.CreateAsync(kind);
        await restored.AppendAsync(AnEvent.Many(12));
        await restored.SealAsync();
        var problem = await Loop(restored, folder).OnceAsync(CancellationToken.None);

        Assert.Contains("from 30 to 12", problem, StringComparison.Ordinal);
        Assert.Equal(1, restored.Health.Current.Incidents);
        Assert.Equal(problem, restored.Health.Current.Problems[0]);
        var events = await restored.Reader.SearchAsync(new AuditQuery { Actions = [AuditActions.Incident] }, null, 10, restored.Access(), CancellationToken.None);
        var incident = Assert.Single(events.Records).Event;
        Assert.Equal(12, incident.Details!.Value.GetProperty("ourSize").GetInt64());
        Assert.Equal(30, incident.Details!.Value.GetProperty("theirSize").GetInt64());

        // After a restart the banner stands before the anchor is asked, and no second event is made.
        restored.Health.Report($"1.outside.folder:{folder}", null);
        var health = new SealHealth();
        await new Incidents(restored.Reader, new SystemEvents(restored.Store, restored.Time), health).ReopenAsync(CancellationToken.None);
        Assert.Equal(1, health.Current.Incidents);
        var report = await VerifyAsync(restored, folder);
        Assert.Contains(report.Problems, static p => p.Kind == VerifyProblemKind.RolledBack);
    }

    private static AnchorLoop Loop(AuditBench bench, string folder)
    {
        var incidents = new Incidents(bench.Reader, new SystemEvents(bench.Store, bench.Time), bench.Health);
        return new AnchorLoop(
            new FolderAnchor(folder), new LogKeys(AuditBench.Origin, [bench.Key]), new AnchorStore(bench.Database.Database, bench.Time), incidents, bench.Signals, bench.Health, new OutsideBoard(), bench.Time);
    }

    private static async Task<VerifyReport> VerifyAsync(AuditBench bench, string folder)
    {
        using var http = new HttpClient();
        var verifier = new Verifier(new LedgerSource(bench.Database.Database), new WitnessMonitor(http, TimeSpan.FromSeconds(1), bench.Time), bench.Time);
        return await verifier.RunAsync(new VerifyRequest { Full = true }, new VerifyTrust { LogKeys = [bench.Key.AsLog().Key], AnchorFolders = [folder] }, null, CancellationToken.None);
    }
}
