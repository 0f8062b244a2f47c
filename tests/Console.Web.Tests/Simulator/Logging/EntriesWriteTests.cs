using System.Net;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests.Simulator.Logging;

public sealed class EntriesWriteTests
{
    private static JsonObject Body(params JsonObject[] entries) => new()
    {
        ["logName"] = "projects/acme-prod/logs/my-log",
        ["resource"] = new JsonObject { ["type"] = "global" },
        ["labels"] = new JsonObject { ["team"] = "payments" },
        ["entries"] = new JsonArray([.. entries]),
    };

    [Fact]
    public async Task Write_CommonFields_FillTheEntriesAndAreListed()
    {
        await using var server = await LoggingServer.StartAsync();

        var (status, answer) = await server.PostAsync("/v2/entries:write", Body(
            new JsonObject { ["jsonPayload"] = new JsonObject { ["event"] = "paid", ["amount"] = 12.5 }, ["severity"] = 400, ["labels"] = new JsonObject { ["team"] = "own" } },
            new JsonObject { ["textPayload"] = "plain", ["timestamp"] = "2026-11-22T08:59:59.123456789Z" }));
        var (_, body) = await server.ListAsync("log_id(\"my-log\")");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(answer);
        var entries = body["entries"]!.AsArray();
        Assert.Equal("2026-11-22T08:59:59.123456789Z", (string?)entries[0]!["timestamp"]);
        Assert.Equal("payments", (string?)entries[0]!["labels"]!["team"]);
        Assert.Equal("own", (string?)entries[1]!["labels"]!["team"]);
        Assert.Equal("WARNING", (string?)entries[1]!["severity"]);
        Assert.Equal("2026-11-22T09:00:00Z", (string?)entries[1]!["timestamp"]);
        Assert.NotNull(entries[1]!["insertId"]);
        Assert.Equal("paid", (string?)(await server.ListAsync("jsonPayload.amount>12 jsonPayload.event=PAID")).Body["entries"]![0]!["jsonPayload"]!["event"]);
    }

    [Fact]
    public async Task Write_SameLogTimestampAndInsertId_OneEntry()
    {
        await using var server = await LoggingServer.StartAsync();
        var entry = new JsonObject { ["textPayload"] = "twice", ["insertId"] = "x1", ["timestamp"] = "2026-11-22T08:00:00Z" };

        await server.PostAsync("/v2/entries:write", Body((JsonObject)entry.DeepClone()));
        await server.PostAsync("/v2/entries:write", Body((JsonObject)entry.DeepClone()));

        Assert.Single((await server.ListAsync("")).Body["entries"]!.AsArray());
    }

    [Fact]
    public async Task Write_DryRun_StoresNothing()
    {
        await using var server = await LoggingServer.StartAsync();
        var body = Body(new JsonObject { ["textPayload"] = "x" });
        body["dryRun"] = true;

        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("/v2/entries:write", body)).Status);
        Assert.Equal(0, server.Store.Count);
    }

    [Fact]
    public async Task Write_BadEntries_InvalidArgument()
    {
        await using var server = await LoggingServer.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/v2/entries:write", Body(new JsonObject { ["timestamp"] = "noon" }))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/v2/entries:write", Body(new JsonObject { ["severity"] = "LOUD" }))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/v2/entries:write", Body())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/v2/entries:write", Body(new JsonObject { ["textPayload"] = new string('x', 300_000) }))).Status);
        var elsewhere = Body(new JsonObject { ["textPayload"] = "x" });
        elsewhere["logName"] = "projects/other/logs/my-log";
        Assert.Equal(HttpStatusCode.Forbidden, (await server.PostAsync("/v2/entries:write", elsewhere)).Status);
    }
}
