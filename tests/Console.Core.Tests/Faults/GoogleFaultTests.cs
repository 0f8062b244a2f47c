using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;
using OpsConsole.Core.Tests.Google;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Faults;

/// <summary>What no well-behaved Google sends: lists that go round in circles, keys of another type, pages of a proxy with status 200, waits of a day.</summary>
public sealed class GoogleFaultTests
{
    private const string Entries = "/v2/entries:list";
    private static readonly LogQuery Query = new() { Project = "acme", Filter = "" };

    [Theory]
    [InlineData("""{"services":{}}""")]
    [InlineData("""{"services":"none"}""")]
    [InlineData("""{"nextPageToken":5}""")]
    [InlineData("""{"unreachable":"us-central1"}""")]
    [InlineData("""{"error":{"code":503,"message":"later"}}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"services":[{"name":""")]
    public async Task Lists_OfAnotherShape_AreABadAnswer_AndNotAnEmptyList(string body)
    {
        await using var bench = await Bench.StartAsync(static c => c.Regions = ["europe-west1"]);
        bench.Google.On("/v2/projects/acme/locations/europe-west1/services", ScriptedAnswer.Json(body));
        bench.Google.On(Entries, ScriptedAnswer.Json(body.Replace("services", "entries", StringComparison.Ordinal)));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);
        var pages = await PagesAsync(bench);

        Assert.IsType<CloudRunError.BadAnswer>(Assert.Single(fleet.Failures).Error);
        if (!body.Contains("unreachable", StringComparison.Ordinal))
        {
            Assert.IsType<CloudRunError.BadAnswer>(pages[^1].Error);
        }
    }

    [Fact]
    public async Task Lists_ThatGoRoundInCircles_EndAndSaySo()
    {
        await using var bench = await Bench.StartAsync(static c => c.Regions = ["europe-west1"]);
        const string Path = "/v2/projects/acme/locations/europe-west1/services";
        bench.Google.On(Path, ScriptedAnswer.Json($$"""{"services":[{{RealShapes.RequestBasedService}}],"nextPageToken":"again"}"""));
        bench.Google.On(Entries, ScriptedAnswer.Json($$"""{"entries":[{{RealShapes.RequestEntry}}],"nextPageToken":"again"}"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);
        var pages = await PagesAsync(bench);

        Assert.Single(fleet.Items);
        Assert.Contains("in circles", Assert.Single(fleet.Failures).Error.Message, StringComparison.Ordinal);
        Assert.Contains("in circles", pages[^1].Error!.Message, StringComparison.Ordinal);
        Assert.True(bench.Google.RequestsOf(Path).Count <= 3 && bench.Google.RequestsOf(Entries).Count <= 3);
    }

    [Fact]
    public async Task Logs_EmptyPagesWithTheSameToken_AreAskedForAgain_ButNotForEver()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Entries, [.. Enumerable.Repeat(ScriptedAnswer.Json("""{"nextPageToken":"t"}"""), 4), ScriptedAnswer.Json($$"""{"entries":[{{RealShapes.RequestEntry}}]}""")]);
        var found = await PagesAsync(bench);
        Assert.Single(found.SelectMany(static p => p.Entries));
        Assert.Null(found[^1].Error);

        await using var endless = await Bench.StartAsync();
        endless.Google.On(Entries, ScriptedAnswer.Json("""{"nextPageToken":"t"}"""));
        Assert.IsType<CloudRunError.BadAnswer>((await PagesAsync(endless))[^1].Error);
    }

    [Fact]
    public async Task Regions_ThatGoRoundInCircles_AreNotAWholeList()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v1/projects/acme/locations", ScriptedAnswer.Json("""{"locations":[{"locationId":"europe-west1"}],"nextPageToken":"again"}"""));

        Assert.IsType<CloudRunError.BadAnswer>((await bench.CloudRun.ListRegionsAsync("acme", CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Lists_SameServiceOnTwoPages_ShowsItOnce()
    {
        await using var bench = await Bench.StartAsync(static c => c.Regions = ["europe-west1"]);
        bench.Google.On(
            "/v2/projects/acme/locations/europe-west1/services",
            ScriptedAnswer.Json($$"""{"services":[{{RealShapes.RequestBasedService}}],"nextPageToken":"2"}"""),
            ScriptedAnswer.Json($$"""{"services":[{{RealShapes.RequestBasedService}}]}"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Single(fleet.Items);
        Assert.Empty(fleet.Failures);
    }

    [Fact]
    public async Task Values_OfAnyTypeAnywhere_CostAtMostTheirItem()
    {
        var services = Mutations(RealShapes.RequestBasedService).Concat(Mutations(RealShapes.PinnedInstanceBasedService)).ToList();
        var entries = Mutations(RealShapes.RequestEntry).ToList();
        await using var bench = await Bench.StartAsync(static c => c.Regions = ["europe-west1"]);
        bench.Google.On("/v2/projects/acme/locations/europe-west1/services", ScriptedAnswer.Json($$"""{"services":[{{string.Join(',', services)}}]}"""));
        bench.Google.On(Entries, ScriptedAnswer.Json($$"""{"entries":[{{string.Join(',', entries)}}]}"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);
        var pages = await PagesAsync(bench);

        // Some can be read all the same, and what cannot is counted in one failure.
        Assert.NotEmpty(fleet.Items);
        Assert.Contains("could not be read", Assert.Single(fleet.Failures).Error.Message, StringComparison.Ordinal);
        Assert.InRange(pages.Sum(static p => p.Entries.Count), entries.Count / 2, entries.Count);
        Assert.Null(pages[^1].Error);
    }

    [Fact]
    public async Task Quota_WithAWaitOfADay_IsTold_AndHoldsNobodyUpForADay()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(
            Entries,
            ScriptedAnswer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded").With("Retry-After", "86400"),
            ScriptedAnswer.Json($$"""{"entries":[{{RealShapes.RequestEntry}}]}"""));

        Assert.IsType<CloudRunError.QuotaExceeded>((await PagesAsync(bench))[^1].Error);
        Assert.InRange(bench.Logs.Quota("acme").Wait, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.Null((await PagesAsync(bench))[^1].Error);
        Assert.All(bench.Time.Waits, static wait => Assert.True(wait <= TimeSpan.FromMinutes(3)));
    }

    [Theory]
    [InlineData("""<html><title>Sign in</title></html>""", false)]
    [InlineData("""{"error":{"code":7}}""", false)]
    [InlineData("", false)]
    [InlineData("{}", true)]
    public async Task Checkpoints_CountAsKept_OnlyWhenGoogleSaysSo(string body, bool kept)
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/entries:write", ScriptedAnswer.Json(body));

        var error = await bench.CheckpointLog.WriteAsync("projects/acme/logs/checkpoints", [new CheckpointEntry("o", 1, "note", DateTimeOffset.UnixEpoch)], CancellationToken.None);

        Assert.Equal(kept, error is null);
    }

    private static async Task<IReadOnlyList<LogPage>> PagesAsync(Bench bench)
    {
        List<LogPage> pages = [];
        await foreach (var page in bench.Logs.ReadAsync(Query, CancellationToken.None))
        {
            pages.Add(page);
        }

        return pages;
    }

    // Every value of the shape, replaced by values of every type, one at a time.
    private static IEnumerable<string> Mutations(string json)
    {
        string[] values = ["null", "5", "-1", "1e400", "99999999999999999999999", "\"x\"", "\"99999999999999999999s\"", "[]", "[null]", "{}", "true"];
        foreach (var path in Paths(JsonNode.Parse(json)!, []))
        {
            foreach (var value in values)
            {
                var root = JsonNode.Parse(json)!;
                var parent = root;
                foreach (var step in path[..^1])
                {
                    parent = step is int index ? parent[index]! : parent[(string)step]!;
                }

                // As raw text: the number is beyond what a node holds.
                var mark = $"@{Guid.NewGuid():N}";
                if (path[^1] is int last)
                {
                    parent[last] = mark;
                }
                else
                {
                    parent[(string)path[^1]] = mark;
                }

                yield return root.ToJsonString().Replace($"\"{mark}\"", value, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] to)
    {
        if (to.Length > 0)
        {
            yield return to;
        }

        var children = node switch
        {
            JsonObject o => o.Select(static p => ((object)p.Key, p.Value)),
            JsonArray a => a.Select(static (v, i) => ((object)i, v)),
            _ => [],
        };
        foreach (var (step, child) in children)
        {
            if (child is not null)
            {
                foreach (var path in Paths(child, [.. to, step]))
                {
                    yield return path;
                }
            }
        }
    }
}
