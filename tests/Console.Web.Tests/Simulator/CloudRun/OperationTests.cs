namespace OpsConsole.Web.Tests.Simulator.CloudRun;

public sealed class OperationTests
{
    private const string Checkout = SimulatorUnderTest.Europe + "/services/checkout";

    [Fact]
    public async Task Wait_UntilTheEnd_AnswersWhenItIsDone()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var name = (string)(await PatchAsync(simulator)).Json["name"]!;

        var waiting = simulator.PostAsync($"v2/{name}:wait", """{"timeout":"30s"}""");
        simulator.FinishOperations();

        Assert.True((bool)(await waiting).Json["done"]!);
    }

    [Fact]
    public async Task ListOperations_ByDone_FiltersAndPages()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await PatchAsync(simulator);
        simulator.FinishOperations();
        await PatchAsync(simulator, "77s");

        var all = await simulator.GetAsync(SimulatorUnderTest.Europe + "/operations");
        var done = await simulator.GetAsync(SimulatorUnderTest.Europe + "/operations?filter=done:true");
        var first = await simulator.GetAsync(SimulatorUnderTest.Europe + "/operations?pageSize=1");

        Assert.Equal((2, 1, 1), (all.Names("operations").Count, done.Names("operations").Count, first.Names("operations").Count));
        Assert.True(first.Json.ContainsKey("nextPageToken"));
    }

    [Fact]
    public async Task Operation_MadeToFail_TheOldRevisionServesAndTheServiceSaysWhy()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"operationFails","times":1}""");
        var before = (await simulator.GetAsync(Checkout)).Json;

        var name = (string)(await PatchAsync(simulator)).Json["name"]!;
        simulator.FinishOperations();
        var operation = (await simulator.GetAsync("v2/" + name)).Json;
        var after = (await simulator.GetAsync(Checkout)).Json;

        Assert.Equal(9, (int)operation["error"]!["code"]!);
        Assert.StartsWith("Revision 'checkout-00006-", (string)operation["error"]!["message"]!, StringComparison.Ordinal);
        Assert.False(operation.ContainsKey("response"));
        Assert.Equal("CONDITION_FAILED", (string)after["terminalCondition"]!["state"]!);
        Assert.Equal((string)before["latestReadyRevision"]!, (string)after["latestReadyRevision"]!);
        Assert.NotEqual((string)after["latestReadyRevision"]!, (string)after["latestCreatedRevision"]!);
    }

    [Fact]
    public async Task Operation_MadeToStay_NeverEnds()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"operationNeverEnds","times":1}""");

        var name = (string)(await PatchAsync(simulator)).Json["name"]!;
        simulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.False((await simulator.GetAsync("v2/" + name)).Json.ContainsKey("done"));
    }

    [Fact]
    public async Task AuditLog_OfAPatch_HasStartEndAndWhatTheSystemDid()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        simulator.Http.DefaultRequestHeaders.Add("Authorization", "Bearer sven.ek@acme.example");

        await PatchAsync(simulator);
        simulator.FinishOperations();
        simulator.Clock.Advance(TimeSpan.FromSeconds(5));
        var entries = (await simulator.PostAsync("v2/entries:list", """
            {"resourceNames":["projects/acme-prod"],"orderBy":"timestamp asc",
             "filter":"logName:\"cloudaudit.googleapis.com\" AND resource.labels.service_name=\"checkout\" AND timestamp>=\"2026-11-22T09:00:00Z\""}
            """)).Json["entries"]!.AsArray();

        Assert.Equal(4, entries.Count);
        Assert.Equal("google.cloud.run.v2.Services.UpdateService", (string)entries[0]!["protoPayload"]!["methodName"]!);
        Assert.Equal("sven.ek@acme.example", (string)entries[0]!["protoPayload"]!["authenticationInfo"]!["principalEmail"]!);
        Assert.True((bool)entries[0]!["operation"]!["first"]!);
        Assert.Equal("projects/acme-prod/logs/cloudaudit.googleapis.com%2Fsystem_event", (string)entries[2]!["logName"]!);
        Assert.Equal("/Services.ReplaceService", (string)entries[2]!["protoPayload"]!["methodName"]!);
        Assert.Matches("^Ready condition status changed to True for Revision checkout-00006-[a-z]{3} with message: Deploying revision succeeded in 4s\\.$", (string)entries[2]!["protoPayload"]!["status"]!["message"]!);
        Assert.False(entries[2]!["protoPayload"]!.AsObject().ContainsKey("authenticationInfo"));
    }

    private static Task<Answer> PatchAsync(SimulatorUnderTest simulator, string timeout = "61s") =>
        simulator.PatchAsync(Checkout + "?updateMask=template.timeout", $$$"""{"template":{"timeout":"{{{timeout}}}"}}""");
}
