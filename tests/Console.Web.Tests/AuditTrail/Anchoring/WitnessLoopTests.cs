using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Witnessing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Tests.Commands.Audit;

namespace OpsConsole.Web.Tests.AuditTrail.Anchoring;

/// <summary>The console's side of witnessing, against the real witness on a real socket, over both databases.</summary>
public sealed class WitnessLoopTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("witnessed-");

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Once_AfterEachCheckpoint_KeepsTheCosignature(DatabaseKind kind)
    {
        await using var bench = await AuditBench.CreateAsync(kind);
        await using var witness = await RunningWitness.StartAsync(_folder.FullName, "/", bench.Key.AsLog().Key);
        var loop = Loop(bench, witness);
        foreach (var round in Enumerable.Range(0, 3))
        {
            await bench.AppendAsync(AnEvent.Many(150, $"r{round}-"));
            await bench.SealAsync();
            Assert.Null(await loop.OnceAsync(CancellationToken.None));
        }

        Assert.Equal([150L, 300, 450], await bench.Database.ListAsync<long>("SELECT size FROM audit.cosignature ORDER BY size"));
        var latest = (await bench.Log.LatestCosignedAsync(CancellationToken.None))!.Signed;
        Assert.IsType<NoteVerification.Verified>(latest.Note.Verify([witness.Key]));
        var report = await VerifyAsync(bench, witness);
        Assert.True(report.IsGood, string.Join('\n', report.Problems.Select(static p => p.Sentence)));
        Assert.Equal((3L, 1), (report.Cosignatures, report.Witnesses));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Once_CosignatureThatWasNotKept_IsAskedForAgain(DatabaseKind kind)
    {
        await using var bench = await AuditBench.CreateAsync(kind);
        await using var witness = await RunningWitness.StartAsync(_folder.FullName, "/", bench.Key.AsLog().Key);
        await bench.AppendAsync(AnEvent.Many(10));
        await bench.SealAsync();

        // The console died between the witness's answer and its own commit.
        var latest = (await bench.Log.LatestAsync(CancellationToken.None))!;
        await witness.Client.AddAsync(new ConsistencyFile(0, [], latest.Signed), CancellationToken.None);

        Assert.Null(await Loop(bench, witness).OnceAsync(CancellationToken.None));
        Assert.Equal(1L, await bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.cosignature"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Once_DatabaseSetBack_IsAnIncidentThatNamesBothSizes(DatabaseKind kind)
    {
        await using var before = await AuditBench.CreateAsync(kind);
        await using var witness = await RunningWitness.StartAsync(_folder.FullName, "/", before.Key.AsLog().Key);
        await before.AppendAsync(AnEvent.Many(30));
        await before.SealAsync();
        Assert.Null(await Loop(before, witness).OnceAsync(CancellationToken.None));

        await using var restored = await AuditBench.CreateAsync(kind);
        await restored.AppendAsync(AnEvent.Many(12));
        await restored.SealAsync();
        var loop = Loop(restored, witness);
        var problem = await loop.OnceAsync(CancellationToken.None);

        Assert.True(loop.State.IsIncident);
        Assert.Contains("30", problem, StringComparison.Ordinal);
        Assert.Contains("12", problem, StringComparison.Ordinal);
        Assert.Equal(1, restored.Health.Current.Incidents);
        var incident = Assert.Single((await restored.Reader.SearchAsync(new AuditQuery { Actions = [AuditActions.Incident] }, null, 9, restored.Access(), CancellationToken.None)).Records).Event;
        Assert.Equal((12, 30), (incident.Details!.Value.GetProperty("ourSize").GetInt32(), incident.Details!.Value.GetProperty("theirSize").GetInt32()));

        // It goes on past the size that the witness knows: another history then, and still an incident.
        await restored.AppendAsync(AnEvent.Many(40, "later"));
        await restored.SealAsync();
        Assert.Contains("Two histories", await loop.OnceAsync(CancellationToken.None), StringComparison.Ordinal);

        // The right database is put back: the witness cosigns, and the incident is over.
        await before.AppendAsync(AnEvent.Of("one-more"));
        await before.SealAsync();
        var again = Loop(before, witness);
        again.Reopen("Set back.");
        Assert.Null(await again.OnceAsync(CancellationToken.None));
        Assert.False(again.State.IsIncident);
    }

    [Fact]
    public async Task Once_WitnessThatDoesNotKnowTheLog_SaysWhatToDo()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        await using var witness = await RunningWitness.StartAsync(_folder.FullName);
        await bench.AppendAsync(AnEvent.Of("a"));
        await bench.SealAsync();

        Assert.Contains("404", await Loop(bench, witness).OnceAsync(CancellationToken.None), StringComparison.Ordinal);
        Assert.Equal(0, bench.Health.Current.Incidents);
    }

    private static WitnessLoop Loop(AuditBench bench, RunningWitness witness) => new(
        witness.Client,
        witness.Server.Prefix.ToString(),
        bench.Log,
        new AnchorStore(bench.Database.Database, bench.Time),
        new Incidents(bench.Reader, new SystemEvents(bench.Store, bench.Time), bench.Health),
        bench.Signals,
        bench.Health,
        new OutsideBoard(),
        bench.Time);

    private static async Task<VerifyReport> VerifyAsync(AuditBench bench, RunningWitness witness)
    {
        var verifier = new Verifier(new LedgerSource(bench.Database.Database), new WitnessMonitor(witness.Http, TimeSpan.FromSeconds(20), bench.Time), bench.Time);
        var trust = new VerifyTrust { LogKeys = [bench.Key.AsLog().Key], Witnesses = [new PolicyKey(witness.Key.Name, witness.Key, witness.Server.Prefix.ToString())] };
        return await verifier.RunAsync(new VerifyRequest { Full = true }, trust, null, CancellationToken.None);
    }
}
