using System.Net;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Tests.Simulator.Logging;

public sealed class EntriesListTests
{
    [Fact]
    public async Task List_NoOrder_OldestFirstAndFiftyAPage()
    {
        await using var server = await LoggingServer.StartAsync();
        for (var i = 1; i <= 60; i++)
        {
            server.Add(i, $"line {i}");
        }

        var (_, body) = await server.ListAsync("");

        Assert.Equal(50, body["entries"]!.AsArray().Count);
        Assert.Equal("line 60", LoggingServer.Texts(body).First());
        Assert.NotNull(body["nextPageToken"]);
    }

    [Fact]
    public async Task List_Descending_NewestFirst()
    {
        await using var server = await LoggingServer.StartAsync();
        server.Add(2, "old");
        server.Add(1, "new");

        var (_, body) = await server.ListAsync("", orderBy: "timestamp desc");

        Assert.Equal(["new", "old"], LoggingServer.Texts(body));
    }

    [Theory]
    [InlineData("timestamp asc")]
    [InlineData("timestamp desc")]
    public async Task List_SmallPagesAndSmallBudget_EveryEntryOnceInOrder(string orderBy)
    {
        await using var server = await LoggingServer.StartAsync(new LoggingOptions { ScanBudget = 30, ReadsPerMinute = 0 });
        for (var i = 0; i < 500; i++)
        {
            // Many share a timestamp: the position must not rest on time alone.
            server.Add(1000 - (i / 7), i % 100 == 99 ? $"needle {i}" : $"hay {i}");
        }

        var (entries, _, empty) = await server.ListAllAsync("textPayload:needle", 3, orderBy);
        var (all, _, _) = await server.ListAllAsync("", 7, orderBy);

        Assert.Equal(5, entries.Count);
        Assert.True(empty > 0, "a search that looks at much answers with empty pages too");
        Assert.Equal(500, all.Select(e => (string)e["insertId"]!).Distinct().Count());
        var times = all.Select(e => (string)e["timestamp"]!).ToList();
        Assert.Equal(orderBy == "timestamp asc" ? times.Order(StringComparer.Ordinal) : times.OrderDescending(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task List_BeforeReceiveTimestamp_EntryIsNotVisible()
    {
        await using var server = await LoggingServer.StartAsync();
        server.Add(2, "late", receivedAfter: 5);

        var before = await server.ListAsync("");
        server.Time.Advance(TimeSpan.FromSeconds(2.999));
        var just = await server.ListAsync("");
        server.Time.Advance(TimeSpan.FromSeconds(0.001));
        var after = await server.ListAsync("");

        Assert.Empty(LoggingServer.Texts(before.Body));
        Assert.Empty(LoggingServer.Texts(just.Body));
        Assert.Equal(["late"], LoggingServer.Texts(after.Body));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task List_PageSizeOutOfRange_InvalidArgument(int pageSize)
    {
        await using var server = await LoggingServer.StartAsync();

        var (status, body) = await server.ListAsync("", pageSize);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("INVALID_ARGUMENT", (string?)body["error"]!["status"]);
    }

    [Fact]
    public async Task List_UnknownOrder_InvalidArgument()
    {
        await using var server = await LoggingServer.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await server.ListAsync("", orderBy: "severity desc")).Status);
    }

    [Fact]
    public async Task List_BadFilter_SaysWhere()
    {
        await using var server = await LoggingServer.StartAsync();

        var (status, body) = await server.ListAsync("severity>=WARNING AND\n  AND textPayload:x");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Unparseable filter: syntax error at line 2, column 3, token 'AND'", (string?)body["error"]!["message"]);
    }

    [Fact]
    public async Task List_TokenOfOtherFilter_Refused()
    {
        await using var server = await LoggingServer.StartAsync();
        server.Add(1, "a");
        server.Add(2, "b");
        var (_, first) = await server.ListAsync("severity>=DEFAULT", 1);
        var token = (string)first["nextPageToken"]!;

        Assert.Equal(HttpStatusCode.BadRequest, (await server.ListAsync("", 1, pageToken: token)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.ListAsync("severity>=DEFAULT", 1, "timestamp desc", token)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.ListAsync("severity>=DEFAULT", 1, pageToken: token[..^2] + "xx")).Status);
        Assert.Equal(["a"], LoggingServer.Texts((await server.ListAsync("severity>=DEFAULT", 5, pageToken: token)).Body));
    }

    [Fact]
    public async Task List_TokenAfterADay_Refused()
    {
        await using var server = await LoggingServer.StartAsync();
        server.Add(1, "a");
        server.Add(2, "b");
        var (_, first) = await server.ListAsync("", 1);
        server.Time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(HttpStatusCode.BadRequest, (await server.ListAsync("", 1, pageToken: (string)first["nextPageToken"]!)).Status);
    }

    [Fact]
    public async Task List_SixtyOneInAMinute_ResourceExhaustedUntilTheMinuteIsOver()
    {
        await using var server = await LoggingServer.StartAsync();
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.ListAsync("")).Status);
        }

        var (status, body) = await server.ListAsync("");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var after = await server.ListAsync("");

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal("RESOURCE_EXHAUSTED", (string?)body["error"]!["status"]);
        Assert.Contains("Read requests per minute", (string?)body["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, after.Status);
    }

    [Fact]
    public async Task Settings_QuotaSet_HoldsFromThenOn()
    {
        await using var server = await LoggingServer.StartAsync();

        await server.PostAsync("/simulator/logging", new JsonObject { ["readsPerMinute"] = 1 });

        Assert.Equal(HttpStatusCode.OK, (await server.ListAsync("")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.ListAsync("")).Status);
    }

    [Theory]
    [InlineData("projects/acme-prod", HttpStatusCode.OK)]
    [InlineData("projects/415926535897", HttpStatusCode.OK)]
    [InlineData("projects/acme-prod/locations/global/buckets/_Default/views/_AllLogs", HttpStatusCode.OK)]
    [InlineData("projects/other", HttpStatusCode.Forbidden)]
    [InlineData("acme-prod", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task List_ResourceName_IsChecked(string name, HttpStatusCode expected)
    {
        await using var server = await LoggingServer.StartAsync();

        var (status, _) = await server.PostAsync("/v2/entries:list", new JsonObject { ["resourceNames"] = new JsonArray(name) });

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task List_NoResourceNameOrUnknownField_InvalidArgument()
    {
        await using var server = await LoggingServer.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/v2/entries:list", [])).Status);
        var (status, body) = await server.PostAsync(
            "/v2/entries:list", new JsonObject { ["resourceNames"] = new JsonArray("projects/acme-prod"), ["limit"] = 3 });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Unknown name \"limit\"", (string?)body["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NothingFound_NoEntriesKey()
    {
        await using var server = await LoggingServer.StartAsync();

        var (_, body) = await server.ListAsync("textPayload:nothing");

        Assert.Empty(body);
    }
}
