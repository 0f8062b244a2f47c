using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Control;

namespace OpsConsole.Web.Tests.Simulator;

/// <summary>Requests that come because a test says so, at a time when the simulated callers might send none for an hour.</summary>
public sealed class RequestOrderTests
{
    [Fact]
    public async Task Requests_Ordered_ComeWithinTheirTimeAndAreInTheTruthAndInTheLog()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(live: true);

        var answer = await simulator.PostAsync("simulator/requests", """{"service":"checkout","count":40,"seconds":20}""");

        Assert.Equal((202, "checkout", 40), (answer.Status, (string?)answer.Json["service"], (int)answer.Json["count"]!));
        var (first, last) = (Time(answer.Json["first"]), Time(answer.Json["last"]));
        Assert.Equal(TimeSpan.FromSeconds(19.5), last - first);
        Assert.InRange(first, simulator.Clock.GetUtcNow(), simulator.Clock.GetUtcNow().AddSeconds(1));
        var arrived = await LoggedAsync(simulator, "checkout", first, 40);
        Assert.Superset(Enumerable.Range(0, 40).Select(i => first.AddSeconds(i * 0.5)).ToHashSet(), arrived);
        Assert.NotEmpty((await simulator.GetAsync($"simulator/truth/audit?service=checkout&from={answer.Json["first"]}")).Text);
    }

    [Fact]
    public async Task Requests_AfterANewRevision_GoToIt()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(live: true);
        await simulator.PostAsync("simulator/callers", """{"away":true}""");
        const string service = SimulatorUnderTest.Europe + "/services/checkout";
        await simulator.RewriteAsync(service, static resource => resource["template"]!["maxInstanceRequestConcurrency"] = 7);
        simulator.FinishOperations();
        var revision = ((string)(await simulator.GetAsync(service)).Json["latestReadyRevision"]!).Split('/')[^1];

        var answer = await simulator.PostAsync("simulator/requests", """{"service":"checkout","count":30}""");
        await LoggedAsync(simulator, "checkout", Time(answer.Json["first"]), 30);

        var revisions = (await simulator.GetAsync($"simulator/truth?service=checkout&from={answer.Json["first"]}")).Json["revisions"]!.AsArray();
        Assert.Equal([revision], revisions.Select(static r => (string)r!["revision"]!));
    }

    [Theory]
    [InlineData("""{"count":5}""", "service")]
    [InlineData("""{"service":7,"count":5}""", "service")]
    [InlineData("""{"service":"checkout"}""", "count")]
    [InlineData("""{"service":"checkout","count":"5"}""", "count")]
    [InlineData("""{"service":"checkout","count":0}""", "count")]
    [InlineData("""{"service":"checkout","count":1001}""", "count")]
    [InlineData("""{"service":"checkout","count":2.5}""", "count")]
    [InlineData("""{"service":"checkout","count":5,"seconds":-1}""", "seconds")]
    [InlineData("""{"service":"checkout","count":5,"seconds":601}""", "seconds")]
    [InlineData("""{"service":"checkout","count":5,"seconds":null}""", "seconds")]
    [InlineData("""{"service":"checkout","count":5,"path":"/orders"}""", "path")]
    public void Order_Malformed_IsRefusedByTheNameOfTheField(string body, string field)
    {
        var (order, problem) = RequestOrder.Of((JsonObject)JsonNode.Parse(body)!);

        Assert.Null(order);
        Assert.StartsWith($"\"{field}\"", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_Malformed_AreRefusedAndNameTheField()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(live: true);

        foreach (var (body, word) in ((string, string)[])[("", "JSON"), ("[]", "object"), ("nothing", "JSON"), ("""{"service":"checkout","count":5,"count":6}""", "count"), ("""{"count":5}""", "service")])
        {
            var answer = await simulator.PostAsync("simulator/requests", body);

            Assert.Equal((400, "INVALID_ARGUMENT"), (answer.Status, answer.Code));
            Assert.Contains(word, answer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Requests_UnknownOrDeletedService_NotFoundByName()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(live: true);
        await simulator.DeleteAsync(SimulatorUnderTest.Europe + "/services/catalog");
        simulator.FinishOperations();

        foreach (var service in (string[])["absent", "catalog"])
        {
            var answer = await simulator.PostAsync("simulator/requests", $$"""{"service":"{{service}}","count":5}""");

            Assert.Equal((404, "NOT_FOUND"), (answer.Status, answer.Code));
            Assert.Contains($"\"{service}\"", answer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Requests_WithoutLiveTraffic_AreRefusedAndNotForgotten()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.PostAsync("simulator/requests", """{"service":"checkout","count":5}""");

        Assert.Equal((409, "FAILED_PRECONDITION"), (answer.Status, answer.Code));
        Assert.Contains("Simulator:LiveTraffic", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_Away_OnlyWhatIsSentComesUntilTheyAreLet()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(live: true);
        Assert.Equal("""{"away":true}""", (await simulator.PostAsync("simulator/callers", """{"away":true}""")).Text.Trim());
        simulator.Clock.Advance(TimeSpan.FromMinutes(2));

        var sent = await simulator.PostAsync("simulator/requests", """{"service":"pricing","count":3,"seconds":3}""");
        var arrived = await LoggedAsync(simulator, "pricing", Time(sent.Json["first"]), 3);
        simulator.Clock.Advance(TimeSpan.FromHours(3));

        // The simulation has gone through these hours when something that comes after them is there.
        var later = await simulator.PostAsync("simulator/requests", """{"service":"pricing","count":1}""");
        await LoggedAsync(simulator, "pricing", Time(later.Json["first"]), 1);
        Assert.Equal("""{"away":false}""", (await simulator.PostAsync("simulator/callers", """{"away":false}""")).Text.Trim());

        var let = simulator.Clock.GetUtcNow();
        await LoggedAsync(simulator, "pricing", let.AddMinutes(1), 1);
        var all = await LoggedAsync(simulator, "pricing", Time(sent.Json["first"]), 5);
        Assert.Equal(arrived.Order(), all.Where(at => at < let.AddHours(-1)).Order());
        Assert.Equal(3, arrived.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"away":"yes"}""")]
    [InlineData("""{"away":true,"since":"now"}""")]
    public async Task Callers_Malformed_AreRefusedByTheNameOfTheField(string body)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.PostAsync("simulator/callers", body);

        Assert.Equal(400, answer.Status);
        Assert.Contains("\"away\"", answer.Message, StringComparison.Ordinal);
        Assert.Equal("""{"away":false}""", (await simulator.GetAsync("simulator/callers")).Text.Trim());
    }

    private static DateTimeOffset Time(JsonNode? time) => DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture);

    // The clock moves until so many requests of a service are in the log; when they came.
    private static async Task<HashSet<DateTimeOffset>> LoggedAsync(SimulatorUnderTest simulator, string service, DateTimeOffset since, int atLeast)
    {
        var filter = $"resource.labels.service_name={service} log_id(\"run.googleapis.com/requests\") timestamp>=\"{since:O}\"";
        var body = new JsonObject { ["resourceNames"] = new JsonArray("projects/acme-prod"), ["filter"] = filter, ["pageSize"] = 1000 }.ToJsonString();
        for (var left = 4000; ; left--)
        {
            Assert.True(left > 0, $"{service} was not called {atLeast} times.");
            simulator.Clock.Advance(TimeSpan.FromSeconds(1.5));
            var entries = (await simulator.PostAsync("v2/entries:list", body)).Json["entries"]?.AsArray() ?? [];
            if (entries.Count >= atLeast)
            {
                return [.. entries.Select(static e => Time(e!["timestamp"]))];
            }
        }
    }
}
