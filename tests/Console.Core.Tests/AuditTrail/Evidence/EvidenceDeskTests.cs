using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Consoles;

namespace OpsConsole.Core.Tests.AuditTrail.Evidence;

/// <summary>Bundles of the console: who gets one, for how long, and that each is on the record.</summary>
public sealed class EvidenceDeskTests : IAsyncLifetime
{
    private static readonly Actor Clara = new("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]);
    private static readonly Actor Otto = new("otto.brandt@acme.example", "Otto Brandt", [Role.Compliance]);
    private static readonly Actor Sam = new("sam.rivera@acme.example", "Sam Rivera", [Role.Sre]);
    private TamperedLog _log = null!;
    private EvidenceDesk _desk = null!;

    private string Folder => Path.Combine(_log.Folder, "evidence");

    public async Task InitializeAsync()
    {
        _log = await TamperedLog.CreateAsync(DatabaseKind.Sqlite);
        _desk = Desk();
    }

    public async Task DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Bundle_IsGivenToWhoMayExport_WhoeverMadeIt_OnTheRecord()
    {
        var id = await MadeAsync();
        var exports = await ExportsAsync();

        Assert.Null(await _desk.OpenAsync(Sam, id, CancellationToken.None));
        Assert.Null(await _desk.OpenAsync(Otto, "00000000-0000-0000-0000-000000000000", CancellationToken.None));
        Assert.Equal(exports, await ExportsAsync());
        var opened = (await _desk.OpenAsync(Otto, id, CancellationToken.None))!.Value;
        await using (opened.File)
        {
            Assert.Equal("Clara Weiss", opened.Job.StartedBy);
            Assert.Equal(opened.Job.Written!.Bytes, opened.File.Length);
        }

        Assert.Equal(exports + 1, await ExportsAsync());
        Assert.True(BundleVerifier.Verify(Path.Combine(Folder, $"{id}.zip"), BundleTrust.Of([AuditBench.LogKey.AsLog().Key]), null, CancellationToken.None).IsGood);
        Assert.NotNull(await _desk.StartAsync(Sam, new EvidenceRequest(), CancellationToken.None));
    }

    [Fact]
    public async Task Bundle_AfterADay_IsGone_AlsoFromTheDisk()
    {
        var id = await MadeAsync();
        _log.Time.Advance(EvidenceDesk.KeptFor - TimeSpan.FromMinutes(1));
        await using (var file = (await _desk.OpenAsync(Otto, id, CancellationToken.None))!.Value.File)
        {
            Assert.True(file.Length > 0);
        }

        _log.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _desk.OpenAsync(Otto, id, CancellationToken.None));
        Assert.Empty(_desk.Jobs);

        _log.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task Bundle_OfAnEarlierConsole_IsNotGiven_AndGoesWithTheNextOne()
    {
        var id = await MadeAsync();
        await _desk.DisposeAsync();
        _desk = Desk();
        Assert.Null(await _desk.OpenAsync(Clara, id, CancellationToken.None));

        var next = await MadeAsync();
        Assert.Equal([$"{next}.zip"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Bundle_WhoseDownloadCannotBeRecorded_IsNotGiven()
    {
        var id = await MadeAsync();
        RecordedEvents.Break(Path.Combine(_log.Folder, "console.db"));

        await Assert.ThrowsAsync<AuditUnavailableException>(() => _desk.OpenAsync(Clara, id, CancellationToken.None));
    }

    private EvidenceDesk Desk()
    {
        var trail = new Core.AuditTrail.AuditTrail(new AuditStore(_log.Database, _log.Time, new SealSignals()));
        var acts = new ActEvents(_log.Time);
        var exporter = new EvidenceExporter(
            new LedgerSource(_log.Database), new SealedLog(_log.Database, _log.Time), () => new EvidenceKeys(_log.Trust.LogKeys, [], [AuditBench.LogKey.AsLog()]), _log.Time);
        return new EvidenceDesk(new RecordedExports(exporter, trail, acts), trail, acts, Folder, _log.Time, new ConsolesInMemory());
    }

    private async Task<string> MadeAsync()
    {
        Assert.Null(await _desk.StartAsync(Clara, new EvidenceRequest { FromIndex = 5, ToIndex = 30 }, CancellationToken.None));
        for (var i = 0; i < 600 && _desk.Jobs[0].Stage == EvidenceStage.Running; i++)
        {
            await Task.Delay(50);
        }

        Assert.True(_desk.Jobs[0].Stage == EvidenceStage.Done, _desk.Jobs[0].Reason);
        return _desk.Jobs[0].Id;
    }

    private async Task<long> ExportsAsync() => (long)(await _log.RowsAsync("SELECT count(*) FROM audit.inbox WHERE CAST(body AS TEXT) LIKE '%audit.export%'"))[0][0]!;
}
