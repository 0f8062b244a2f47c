using System.Net;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Workload;
using OpsConsole.Web.Tests.Simulator.Logging;

namespace OpsConsole.Web.Tests.Simulator.Workload;

public sealed class TruthEndpointTests
{
    private static Task<LoggingServer> StartAsync() => LoggingServer.StartAsync(workload: (store, time) =>
    {
        var demo = TestFleet.Demo(LoggingServer.Now).Snapshot().Where(s => s.Name is "checkout" or "billing");
        var runner = new WorkloadRunner(new TestFleet([.. demo]), store, time, 1);
        runner.BackfillTo(LoggingServer.Now, TimeSpan.FromHours(3));
        return runner;
    });

    [Fact]
    public async Task Truth_AllServices_OneObjectPerRevision()
    {
        await using var server = await StartAsync();

        var answer = JsonNode.Parse(await server.Client.GetStringAsync("/simulator/truth"))!["revisions"]!.AsArray();

        Assert.Equal(["billing", "checkout"], answer.Select(r => (string)r!["service"]!));
        Assert.Equal(["has CPU", "at risk"], answer.Select(r => (string)r!["verdict"]!));
    }

    [Fact]
    public async Task Truth_Requests_AreThoseThatTheLogHas()
    {
        await using var server = await StartAsync();
        server.Time.Advance(TimeSpan.FromMinutes(1));

        var truth = JsonNode.Parse(await server.Client.GetStringAsync("/simulator/truth?service=checkout"))!["revisions"]![0]!;
        var (entries, _, _) = await server.ListAllAsync("log_id(\"run.googleapis.com/requests\") resource.labels.service_name=checkout httpRequest.status!=429");

        Assert.Equal((int)truth["requests"]!, entries.Count);
    }

    [Fact]
    public async Task Truth_EntriesOfAWindow_AreTheEntriesOfTheLog()
    {
        await using var server = await StartAsync();
        server.Time.Advance(TimeSpan.FromMinutes(1));
        const string from = "2026-11-22T07:00:00Z", to = "2026-11-22T07:59:59.999999Z";

        var lines = (await server.Client.GetStringAsync($"/simulator/truth/entries?service=checkout&from={from}&to={to}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        var (entries, _, _) = await server.ListAllAsync(
            $"NOT log_id(\"run.googleapis.com/requests\") resource.labels.service_name=checkout timestamp>=\"{from}\" timestamp<=\"{to}\"");

        Assert.NotEmpty(lines);
        Assert.Equal(
            entries.Select(e => (string)e["insertId"]!).Order(StringComparer.Ordinal), lines.Select(l => (string)l["insertId"]!).Order(StringComparer.Ordinal));
        var late = lines.First(l => (string)l["class"]! == "resumed");
        Assert.True((double)late["tailSeconds"]! > 0);
        Assert.NotNull((string?)late["request"]);
        Assert.NotNull((string?)late["resumedBy"]);
    }

    [Fact]
    public async Task Truth_BadTime_InvalidArgument()
    {
        await using var server = await StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync("/simulator/truth?from=noon")).StatusCode);
    }
}
