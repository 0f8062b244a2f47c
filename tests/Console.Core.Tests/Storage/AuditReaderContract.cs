using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.Storage;

/// <summary>What reading promises in both databases: the same events before and after sealing, newest first, page by page, each reading on the record.</summary>
public abstract class AuditReaderContract(DatabaseKind kind) : IAsyncLifetime
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private AuditBench _bench = null!;

    public static TheoryData<string, AuditQuery, string> Queries => new()
    {
        { "all", new AuditQuery { Except = new AuditExcept { Workspaces = [AuditWorkspaces.Console] } }, "a b c d" },
        { "actor", new AuditQuery { Actors = ["raj@acme.example"] }, "c" },
        { "action", new AuditQuery { Actions = ["invoice.approve"] }, "a b" },
        { "actions below", new AuditQuery { Actions = ["invoice.*"] }, "a b c" },
        { "either of two", new AuditQuery { Actions = ["invoice.void", "order.created"] }, "c d" },
        { "outcome", new AuditQuery { Outcomes = [AuditOutcome.Denied] }, "b" },
        { "resource", new AuditQuery { ResourceTypes = ["invoice"], ResourceIds = ["42"] }, "b" },
        { "workspace", new AuditQuery { Workspaces = ["ws-2"] }, "d" },
        { "source", new AuditQuery { Sources = ["orders"] }, "d" },
        { "trace", new AuditQuery { TraceIds = [Trace] }, "c d" },
        { "time", new AuditQuery { From = At(2), To = At(4) }, "b c" },
        { "words", new AuditQuery { Text = "refu" }, "b" },
        { "words in details", new AuditQuery { Text = "Straße 12" }, "d" },
        { "two words", new AuditQuery { Text = "raj void" }, "c" },
        { "without an action", new AuditQuery { Workspaces = ["ws-1"], Except = new AuditExcept { Actions = ["invoice.approve"] } }, "c" },
        { "without actions below", new AuditQuery { Workspaces = ["ws-1", "ws-2"], Except = new AuditExcept { Actions = ["invoice.*"] } }, "d" },
        { "without an actor", new AuditQuery { Workspaces = ["ws-1", "ws-2"], Except = new AuditExcept { Actors = ["raj@acme.example"] } }, "a b d" },
        { "without a trace, where most have none", new AuditQuery { Workspaces = ["ws-1"], Except = new AuditExcept { TraceIds = [Trace] } }, "a b" },
        { "without an outcome", new AuditQuery { Workspaces = ["ws-1"], Except = new AuditExcept { Outcomes = [AuditOutcome.Success] } }, "b" },
        { "nothing", new AuditQuery { Actors = ["nobody"] }, "" },
    };

    public async Task InitializeAsync()
    {
        _bench = await AuditBench.CreateAsync(kind);
        await _bench.AppendAsync(
            AnEvent.Of("a", workspace: "ws-1", time: At(1)),
            AnEvent.Of("b", workspace: "ws-1", outcome: AuditOutcome.Denied, resource: "42", reason: "Refused: over the limit", time: At(2)),
            AnEvent.Of("c", "invoice.void", "raj@acme.example", workspace: "ws-1", trace: Trace, time: At(3)),
            AnEvent.Of("d", "order.created", workspace: "ws-2", source: "orders", trace: Trace, time: At(4), details: new { address = "Straße 12" }));
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Search_BeforeAndAfterSealing_FindsTheSame(string name, AuditQuery query, string found)
    {
        _ = name;
        Assert.Equal(found, await IdsAsync(query));
        await _bench.SealAsync();
        Assert.Equal(found, await IdsAsync(query));
        Assert.Equal(found.Length == 0 ? 0 : found.Split(' ').Length, (await _bench.Reader.CountAsync(query, CancellationToken.None)).Value);
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Search_AsOfALargeLog_FindsTheSame(string name, AuditQuery query, string found)
    {
        _ = name;
        await _bench.SealAsync();
        var reader = new AuditReader(_bench.Database.Database, _bench.Time, _bench.Signals, fewEvents: 0) { Window = 1 };

        var page = await reader.SearchAsync(query, null, 50, _bench.Access(), CancellationToken.None);
        var file = await reader.StreamAsync(query, _bench.Access(), CancellationToken.None).ToListAsync();

        Assert.Equal(found, string.Join(' ', page.Records.Select(static r => r.Event.Id).Reverse()));
        Assert.Equal(found, string.Join(' ', file.Select(static r => r.Event.Id)));
        Assert.Equal(page.Records.Count, (await reader.CountAsync(query, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task Search_PageByPage_ShowsEachEventOnceNewestFirst()
    {
        await _bench.SealAsync();
        await _bench.AppendAsync(AnEvent.Many(5));
        var query = new AuditQuery { Except = new AuditExcept { Workspaces = [AuditWorkspaces.Console] } };
        List<string> ids = [];
        AuditCursor? after = null;
        do
        {
            var page = await _bench.Reader.SearchAsync(query, after, 2, _bench.Access(), CancellationToken.None);
            Assert.InRange(page.Records.Count, 1, 2);
            ids.AddRange(page.Records.Select(static r => r.Event.Id));
            after = AuditCursor.Parse(page.Next?.ToString());
            await _bench.SealAsync();
        }
        while (after is not null);

        Assert.Equal(["e4", "e3", "e2", "e1", "e0", "d", "c", "b", "a"], ids);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task Search_OfSeveralRestrictions_PageByPage_ShowsEachEventOnceWhereverItLies(long window)
    {
        await _bench.AppendAsync(AnEvent.Many(5));
        await _bench.SealAsync();
        var reader = new AuditReader(_bench.Database.Database, _bench.Time, _bench.Signals) { Window = window };
        foreach (var (query, expected) in new (AuditQuery, string)[]
        {
            (new AuditQuery { Workspaces = ["ws-1"], Actions = ["invoice.approve", "invoice.void"] }, "c b a"),
            (new AuditQuery { Workspaces = ["ws-1"], Outcomes = [AuditOutcome.Denied], Text = "limit" }, "b"),
            (new AuditQuery { Text = "invoice", Except = new AuditExcept { Workspaces = [AuditWorkspaces.Console] } }, "e4 e3 e2 e1 e0 d c b a"),
            (new AuditQuery { Workspaces = ["ws-1"], Text = "invoice", From = At(2), To = At(4) }, "c b"),
            (new AuditQuery { Workspaces = ["ws-1"], Text = "zzzz" }, ""),
        })
        {
            List<string> ids = [];
            AuditCursor? after = null;
            do
            {
                var page = await reader.SearchAsync(query, after, 1, _bench.Access(), CancellationToken.None);
                ids.AddRange(page.Records.Select(static r => r.Event.Id));
                after = page.Next;
            }
            while (after is not null);

            Assert.Equal(expected, string.Join(' ', ids));
        }
    }

    [Fact]
    public async Task Count_OfATimeAlone_IsExactHoweverManyThereAre()
    {
        await _bench.AppendAsync([.. Enumerable.Range(0, 400).Select(static i => AnEvent.Of($"n{i}", time: At(5).AddSeconds(i)))]);
        await _bench.SealAsync();
        var reader = new AuditReader(_bench.Database.Database, _bench.Time, _bench.Signals, fewEvents: 0) { CountLimit = 100 };

        Assert.Equal(new AuditCount(300, Estimated: false), await reader.CountAsync(new AuditQuery { From = At(5).AddSeconds(100), To = At(6) }, CancellationToken.None));
        Assert.Equal(new AuditCount(302, Estimated: false), await reader.CountAsync(new AuditQuery { From = At(3), To = At(5).AddSeconds(300) }, CancellationToken.None));
    }

    [Fact]
    public async Task Count_OfATimeAndMore_IsEstimatedFromThatTimeAlone()
    {
        // All that it looks for lies in the last tenth of the log, where a look at two places of all of it does not fall.
        await _bench.AppendAsync([.. Enumerable.Range(0, 990).Select(static i => AnEvent.Of($"n{i}", workspace: i < 900 ? "ws-old" : "ws-new", time: At(5).AddSeconds(i)))]);
        await _bench.SealAsync();
        var reader = new AuditReader(_bench.Database.Database, _bench.Time, _bench.Signals, fewEvents: 0) { CountLimit = 20, EstimateBy = (2, 5) };

        var count = await reader.CountAsync(new AuditQuery { Workspaces = ["ws-new"], From = At(5).AddSeconds(900) }, CancellationToken.None);

        Assert.True(count.Estimated);
        Assert.InRange(count.Value, 80, 100);
    }

    [Fact]
    public async Task Search_WhenItsRecordIsRefused_GivesNothing()
    {
        var access = _bench.Access();
        await _bench.AppendAsync(access with { Action = "audit.other" });

        await Assert.ThrowsAsync<AuditUnavailableException>(() => _bench.Reader.SearchAsync(new AuditQuery(), null, 10, access, CancellationToken.None));
        await Assert.ThrowsAsync<AuditUnavailableException>(async () => await _bench.Reader.StreamAsync(new AuditQuery(), access, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Search_ThatIsCancelled_LeavesNoRecordAndNoRows()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Reader.SearchAsync(new AuditQuery(), null, 10, _bench.Access(), cancelled.Token));

        Assert.Equal(0L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox WHERE workspace = 'opsconsole'"));
    }

    [Fact]
    public async Task Facets_CountWhatTheQueryHas()
    {
        await _bench.SealAsync();
        await _bench.AppendAsync(AnEvent.Of("f", workspace: "ws-1"));

        var facets = await _bench.Reader.FacetsAsync(new AuditQuery { Workspaces = ["ws-1"] }, CancellationToken.None);

        Assert.Contains(new AuditFacet("action", "invoice.approve", 3), facets);
        Assert.Contains(new AuditFacet("outcome", "denied", 1), facets);
        Assert.Contains(new AuditFacet("actor", "maria.lind@acme.example", 3), facets);
        Assert.DoesNotContain(facets, static f => f is { Field: "workspace", Value: "ws-2" });
    }

    [Theory]
    [InlineData("invoice", 1_203)]
    [InlineData("even", 600)]
    [InlineData("nowhere", 0)]
    public async Task Count_OfWordsBeyondTheLimit_IsEstimatedFromTheWholeLog(string text, long expected)
    {
        await _bench.AppendAsync([.. Enumerable.Range(0, 1_200).Select(static i => AnEvent.Of($"n{i}", details: new { parity = i % 2 == 0 ? "even" : "odd" }))]);
        await _bench.SealAsync();
        var reader = new AuditReader(_bench.Database.Database, _bench.Time, _bench.Signals, fewEvents: 0) { CountLimit = 100 };

        var count = await reader.CountAsync(new AuditQuery { Text = text }, CancellationToken.None);

        Assert.Equal(expected > 100, count.Estimated);
        Assert.InRange(count.Value, expected * 9 / 10, expected * 11 / 10);
    }

    private static DateTimeOffset At(int hour) => new(2026, 3, 1, hour, 0, 0, TimeSpan.Zero);

    private async Task<string> IdsAsync(AuditQuery query)
    {
        var page = await _bench.Reader.SearchAsync(query, null, 50, _bench.Access(), CancellationToken.None);
        return string.Join(' ', page.Records.Select(static r => r.Event.Id).Reverse());
    }
}
