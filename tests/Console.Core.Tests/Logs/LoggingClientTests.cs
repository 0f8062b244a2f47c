using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;
using OpsConsole.Core.Tests.Google;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Logs;

public sealed class LoggingClientTests
{
    private const string Path = "/v2/entries:list";
    private static readonly LogQuery Query = new() { Project = "acme", Filter = "severity>=ERROR" };

    [Fact]
    public async Task Read_PagesWithAnEmptyOneInBetween_StreamsThemAll()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(
            Path,
            ScriptedAnswer.Json($$"""{"entries":[{{RealShapes.RequestEntry}}],"nextPageToken":"p2"}"""),
            ScriptedAnswer.Json("""{"nextPageToken":"p3"}"""),
            ScriptedAnswer.Json($$"""{"entries":[{{RealShapes.RequestEntry}},{{RealShapes.RequestEntry}}]}"""));

        var pages = await ReadAsync(bench);

        Assert.Equal([1, 0, 2], pages.Select(static p => p.Entries.Count));
        Assert.Equal([1, 2, 3], pages.Select(static p => p.Calls));
        Assert.All(pages, static p => Assert.Null(p.Error));
        Assert.Equal(RealShapes.RequestEntry, Encoding.UTF8.GetString(pages[2].Entries[1].RawJson.Span));
    }

    [Fact]
    public async Task Read_NextPages_RepeatAllParametersAndAddTheToken()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Json("""{"nextPageToken":"p2"}"""), ScriptedAnswer.Json("{}"));

        await ReadAsync(bench, Query with { NewestFirst = true, PageSize = 200 });

        var bodies = bench.Google.Requests.Select(static r => JsonNode.Parse(r.Body)!.AsObject()).ToList();
        Assert.Equal("""{"resourceNames":["projects/acme"],"filter":"severity>=ERROR","orderBy":"timestamp desc","pageSize":200}""", Unescaped(bodies[0]));
        Assert.Equal("p2", (string?)bodies[1]["pageToken"]);
        bodies[1].Remove("pageToken");
        Assert.Equal(Unescaped(bodies[0]), Unescaped(bodies[1]));
    }

    [Fact]
    public async Task Read_OverQuotaWithoutRetryAfter_PausesLongerEachTimeAndGoesOn()
    {
        await using var bench = await Bench.StartAsync();
        var over = ScriptedAnswer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute'.");
        bench.Google.On(Path, over, over, ScriptedAnswer.Json($$"""{"entries":[{{RealShapes.RequestEntry}}]}"""));
        var start = bench.Time.GetUtcNow();

        var page = Assert.Single(await ReadAsync(bench));

        Assert.Single(page.Entries);
        Assert.Equal(3, page.Calls);
        Assert.True(bench.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(12), "4 s and then 8 s");
    }

    [Fact]
    public async Task Read_OverQuotaForGood_EndsWithAQuotaError()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded."));

        var page = Assert.Single(await ReadAsync(bench));

        Assert.IsType<CloudRunError.QuotaExceeded>(page.Error);
        Assert.Equal(7, bench.Google.Requests.Count);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(400)]
    public async Task Read_RefusedOnTheSecondPage_KeepsTheFirstAndEnds(int code)
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(
            Path,
            ScriptedAnswer.Json($$"""{"entries":[{{RealShapes.RequestEntry}}],"nextPageToken":"p2"}"""),
            ScriptedAnswer.Error(code, code == 403 ? "PERMISSION_DENIED" : "INVALID_ARGUMENT", "Unparseable filter: syntax error at line 1, column 3, token '>>'"));

        var pages = await ReadAsync(bench);

        Assert.Single(pages[0].Entries);
        Assert.NotNull(pages[1].Error);
        Assert.Equal(2, pages.Count);
        Assert.Equal(code == 403, pages[1].Error is CloudRunError.PermissionDenied { Permission: "logging.logEntries.list" });
    }

    [Fact]
    public async Task Read_HtmlPage_EndsWithABadAnswer()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Html(200, "Welcome"));

        Assert.IsType<CloudRunError.BadAnswer>(Assert.Single(await ReadAsync(bench)).Error);
    }

    [Fact]
    public async Task Read_CallerStops_MakesNoMoreCalls()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Json($$"""{"entries":[{{RealShapes.RequestEntry}}],"nextPageToken":"again"}"""));

        await foreach (var page in bench.Logs.ReadAsync(Query, CancellationToken.None))
        {
            Assert.Single(page.Entries);
            break;
        }

        Assert.Single(bench.Google.Requests);
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Hang);
        using var cancellation = new CancellationTokenSource();

        var reading = Task.Run(async () =>
        {
            await foreach (var _ in bench.Logs.ReadAsync(Query, cancellation.Token))
            {
            }
        });
        await bench.Google.FirstRequest;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Quota_AfterReads_CountsThemForTheirProjectOnly()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Json("""{"nextPageToken":"p2"}"""), ScriptedAnswer.Json("{}"));

        await ReadAsync(bench);

        Assert.Equal(new LogQuota(2, 60, TimeSpan.Zero), bench.Logs.Quota("acme"));
        Assert.Equal(new LogQuota(0, 60, TimeSpan.Zero), bench.Logs.Quota("other"));
    }

    private static string Unescaped(JsonNode node) => node.ToJsonString(new System.Text.Json.JsonSerializerOptions
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static async Task<IReadOnlyList<LogPage>> ReadAsync(Bench bench, LogQuery? query = null)
    {
        List<LogPage> pages = [];
        await foreach (var page in bench.Logs.ReadAsync(query ?? Query, CancellationToken.None))
        {
            pages.Add(page);
        }

        return pages;
    }
}
