using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Browsing;

/// <summary>Whoever looks leaves a record of it, one for each page; whoever may not look, too.</summary>
public sealed class EventBrowserTests : IAsyncLifetime
{
    private static readonly Actor Clara = new("clara@acme.example", "Clara Weiss", [Role.Compliance]);
    private static readonly Actor Vik = new("vik@acme.example", "Vik Patel", [Role.Viewer]);
    private AuditBench _bench = null!;
    private EventBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        _browser = new EventBrowser(_bench.Reader, _bench.Trail, new ActEvents(TimeProvider.System));
        await _bench.AppendAsync(AnEvent.Many(3));
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Search_EachPage_IsOneEventWithWhatWasAskedFor()
    {
        var query = new AuditQuery { Text = "invoice", Actions = ["invoice.*"], Except = new AuditExcept { Outcomes = [AuditOutcome.Denied] } };
        var first = await _browser.SearchAsync(Clara, query, null, 2, CancellationToken.None);
        var second = await _browser.SearchAsync(Clara, query, first.Value!.Next, 2, CancellationToken.None);

        Assert.Equal(["e2", "e1"], first.Value.Records.Select(static r => r.Event.Id));
        Assert.Equal(["e0"], second.Value!.Records.Select(static r => r.Event.Id));
        var records = await ActsAsync();
        Assert.All(records, static r => Assert.Equal((AuditActions.AuditSearch, "clara@acme.example"), (r.Action, r.Actor.Id)));
        Assert.Equal(
            """{"query":{"actions":["invoice.*"],"notOutcomes":["denied"],"text":"invoice"},"rows":2}""",
            records[0].Details!.Value.GetRawText());
        Assert.Equal("\"2\"", records[1].Details!.Value.GetProperty("after").GetRawText());
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public async Task Find_AnEvent_IsOneEventAboutIt()
    {
        var found = await _browser.FindAsync(Clara, "acme-prod", "e1", CancellationToken.None);
        var none = await _browser.FindAsync(Clara, "acme-prod", "not there", CancellationToken.None);

        Assert.Equal("e1", found.Value!.Record!.Event.Id);
        Assert.Null(none.Value!.Record);
        var view = Assert.Single(await ActsAsync());
        Assert.Equal((AuditActions.AuditView, "audit.event", "acme-prod/e1"), (view.Action, view.Resource!.Type, view.Resource.Id));
    }

    [Fact]
    public async Task File_IsRecordedBeforeItsFirstRowAndAtItsEnd()
    {
        var file = (await _browser.BeginFileAsync(Clara, new AuditQuery { Workspaces = ["acme-prod"] }, EventFileFormat.Ndjson, CancellationToken.None)).Value!;
        var begun = Assert.Single(await ActsAsync());
        using var target = new MemoryStream();
        var written = await EventFileWriter.WriteAsync(file.Records, file.Format, target, CancellationToken.None);
        await _browser.EndFileAsync(file, written, CancellationToken.None);

        Assert.Equal((AuditActions.AuditExport, AuditOutcome.Unknown), (begun.Action, begun.Outcome));
        Assert.Equal(3, written.Events);
        var ended = (await ActsAsync())[1];
        Assert.Equal(AuditOutcome.Success, ended.Outcome);
        Assert.Equal(written.Sha256, ended.Details!.Value.GetProperty("sha256").GetString());
        Assert.Equal(begun.Id, ended.Details.Value.GetProperty("begun").GetString());
    }

    [Fact]
    public async Task WhoMayNot_SeesNothing_AndThatIsOnTheRecord()
    {
        var search = await _browser.SearchAsync(Vik, new AuditQuery(), null, 10, CancellationToken.None);
        var view = await _browser.FindAsync(Vik, "acme-prod", "e1", CancellationToken.None);
        var file = await _browser.BeginFileAsync(Vik, new AuditQuery(), EventFileFormat.Csv, CancellationToken.None);
        var proof = await _browser.ProofAsync(Vik, 0, "proof", CancellationToken.None);

        Assert.All([search.Value, view.Value, file.Value as object], Assert.Null);
        Assert.Contains("needs the role Compliance", search.Refused, StringComparison.Ordinal);
        Assert.NotNull(proof);
        Assert.Equal(
            [AuditActions.AuditSearch, AuditActions.AuditView, AuditActions.AuditExport, AuditActions.AuditExport],
            (await ActsAsync()).Where(static e => e.Outcome == AuditOutcome.Denied).Select(static e => e.Action));
    }

    [Fact]
    public async Task WhenNothingCanBeRecorded_NothingIsShown()
    {
        RecordedEvents.Break(Path.Combine(_bench.Database.Folder, "console.db"));

        Assert.Contains("Nothing is shown without a record", (await _browser.SearchAsync(Clara, new AuditQuery(), null, 10, CancellationToken.None)).Refused, StringComparison.Ordinal);
        Assert.Contains("Nothing is shown without a record", (await _browser.FindAsync(Clara, "acme-prod", "e1", CancellationToken.None)).Refused, StringComparison.Ordinal);
        Assert.Contains("Nothing is shown without a record", (await _browser.BeginFileAsync(Clara, new AuditQuery(), EventFileFormat.Csv, CancellationToken.None)).Refused, StringComparison.Ordinal);
        Assert.Contains("Nothing is shown without a record", await _browser.ProofAsync(Clara, 0, "proof", CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SavedViews_AreEachPersonsOwn_SharedOnesEverybodys_AndOnTheRecord()
    {
        var otto = new Actor("otto@acme.example", "Otto", [Role.Compliance]);
        var ada = new Actor("ada@acme.example", "Ada", [Role.Compliance, Role.Admin]);
        var views = new SavedViews(_bench.Reader, _bench.Trail, new ActEvents(TimeProvider.System));
        Assert.Null(await views.AddAsync(Clara, "Denials", "q=outcome%3Adenied", isShared: false, CancellationToken.None));
        Assert.Null(await views.AddAsync(Clara, "Denials", "q=outcome%3Adenied&last=24h", isShared: true, CancellationToken.None));
        Assert.Null(await views.AddAsync(Clara, "Old", "last=1h", isShared: false, CancellationToken.None));
        Assert.Null(await views.AddAsync(Clara, "Hers", "last=7d", isShared: false, CancellationToken.None));
        Assert.Null(await views.AddAsync(otto, "denials", "q=outcome%3Adenied&last=1h", isShared: false, CancellationToken.None));
        await _bench.SealAsync();
        Assert.Null(await views.RemoveAsync(Clara, Clara.Id, "Old", CancellationToken.None));
        Assert.NotNull(await views.AddAsync(Vik, "Mine", "q=x", isShared: false, CancellationToken.None));
        Assert.NotNull(await views.AddAsync(Clara, " ", "q=x", isShared: false, CancellationToken.None));

        Assert.Equal([("Denials", "q=outcome%3Adenied&last=24h", true, true, true), ("Hers", "last=7d", false, true, true)], (await views.ListAsync(Clara, CancellationToken.None)).Select(Seen));
        Assert.Equal(
            [("Denials", "q=outcome%3Adenied&last=24h", true, false, false), ("denials", "q=outcome%3Adenied&last=1h", false, true, true)],
            (await views.ListAsync(otto, CancellationToken.None)).Select(Seen));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => views.ListAsync(Vik, CancellationToken.None));

        // Another's is taken away by an administrator alone, and what one does not see is not there.
        Assert.Contains("clara@acme.example saved this view", await views.RemoveAsync(otto, Clara.Id, "Denials", CancellationToken.None), StringComparison.Ordinal);
        Assert.Equal("There is no such saved view (any more).", await views.RemoveAsync(ada, Clara.Id, "Hers", CancellationToken.None));
        Assert.Null(await views.RemoveAsync(ada, Clara.Id, "Denials", CancellationToken.None));
        Assert.Equal(["Hers"], (await views.ListAsync(Clara, CancellationToken.None)).Select(static v => v.Name));
        Assert.Equal(["denials"], (await views.ListAsync(otto, CancellationToken.None)).Select(static v => v.Name));
        Assert.Contains(await ActsAsync(), static e => e is { Action: AuditActions.SavedViewRemove, Outcome: AuditOutcome.Denied, Actor.Id: "otto@acme.example" });

        static (string, string, bool, bool, bool) Seen(SavedView view) => (view.Name, view.Search, view.IsShared, view.IsMine, view.MayRemove);
    }

    private async Task<IReadOnlyList<AuditEvent>> ActsAsync()
    {
        var all = await _bench.Reader.OwnActsAsync(new AuditQuery { Workspaces = [AuditWorkspaces.Console] }, CancellationToken.None).ToListAsync();
        return [.. all.OrderBy(static r => r.Position.Sequence).Select(static r => r.Event)];
    }
}
