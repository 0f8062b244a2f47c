using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests.Simulator.CloudRun;

public sealed class ListTests
{
    [Fact]
    public async Task ListServices_OfARegion_NewestFirstWithDefaultsLeftOut()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync(SimulatorUnderTest.Europe + "/services");

        Assert.Equal(["webhooks", "pricing", "checkout", "accounts", "catalog"], answer.Names("services"));
        var checkout = answer.Json["services"]![2]!.AsObject();
        Assert.False(checkout.ContainsKey("reconciling"));
        Assert.False(checkout.ContainsKey("scaling"));
        Assert.False(checkout.ContainsKey("satisfiesPzs"));
        Assert.Equal("5", (string)checkout["generation"]!);
        Assert.Equal(20, (int)checkout["template"]!["scaling"]!["maxInstanceCount"]!);
        Assert.StartsWith("\"\\\"C", checkout["etag"]!.ToJsonString().Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("projects/acme-prod/locations/europe-west1/services/checkout/revisions/", (string)checkout["latestReadyRevision"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListServices_InPages_EachOnceAndNoTokenAtTheEnd()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var names = new List<string>();
        var token = "";
        do
        {
            var page = await simulator.GetAsync($"{SimulatorUnderTest.Europe}/services?pageSize=2&pageToken={Uri.EscapeDataString(token)}");
            names.AddRange(page.Names("services"));
            token = (string?)page.Json["nextPageToken"] ?? "";
        }
        while (token.Length > 0);

        Assert.Equal(["webhooks", "pricing", "checkout", "accounts", "catalog"], names);
    }

    [Fact]
    public async Task ListServices_TokenOfAnotherList_IsRefused()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var token = (string)(await simulator.GetAsync(SimulatorUnderTest.Europe + "/services?page_size=1")).Json["nextPageToken"]!;

        var answer = await simulator.GetAsync($"{SimulatorUnderTest.America}/services?pageToken={token}");

        Assert.Equal((400, "INVALID_ARGUMENT"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task ListWorkerPools_WhereThereAreNone_TheKeyIsAbsent()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync(SimulatorUnderTest.Asia + "/workerPools");

        Assert.Equal((200, 0), (answer.Status, answer.Json.Count));
    }

    [Fact]
    public async Task ListServices_OfAllRegionsWithOneDown_SaysWhichIsUnreachable()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"regionDown","region":"us-central1"}""");

        var all = await simulator.GetAsync("v2/projects/acme-prod/locations/-/services");
        var one = await simulator.GetAsync(SimulatorUnderTest.America + "/services");

        Assert.Equal(8, all.Names("services").Count);
        Assert.Equal("projects/acme-prod/locations/us-central1", (string)Assert.Single(all.Json["unreachable"]!.AsArray())!);
        Assert.Equal((503, "UNAVAILABLE"), (one.Status, one.Code));
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("workerPools")]
    [InlineData("services/checkout/revisions")]
    public async Task List_WildcardLocation_IsForServicesOnly(string path)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync("v2/projects/acme-prod/locations/-/" + path);

        Assert.Equal((400, "INVALID_ARGUMENT"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("services/-/revisions", "revisions", 19)]
    [InlineData("services/checkout/revisions", "revisions", 5)]
    [InlineData("jobs/-/executions", "executions", 4)]
    [InlineData("jobs/-/executions/-/tasks", "tasks", 16)]
    [InlineData("workerPools/queue-worker/revisions", "revisions", 3)]
    public async Task List_DocumentedWildcards_ListBelowAllParents(string path, string key, int count)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync($"{SimulatorUnderTest.Europe}/{path}");

        Assert.Equal(count, answer.Names(key).Count);
    }

    [Fact]
    public async Task ListRevisions_OfAService_SayWhichServes()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var revisions = (await simulator.GetAsync(SimulatorUnderTest.Europe + "/services/pricing/revisions")).Json["revisions"]!.AsArray();

        Assert.Equal(4, revisions.Count);
        Assert.Equal("CONDITION_FAILED", StateOf(revisions[0]!, "Active"));
        Assert.Equal("CONDITION_SUCCEEDED", StateOf(revisions[0]!, "Ready"));
        Assert.EndsWith("/pricing-stable", (string)revisions[3]!["name"]!, StringComparison.Ordinal);
        Assert.Equal("CONDITION_SUCCEEDED", StateOf(revisions[3]!, "Active"));
        Assert.Equal("pricing", (string)revisions[3]!["service"]!);
    }

    [Fact]
    public async Task Get_ProjectByNumber_IsTheSameProject()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync("v2/projects/415926535897/locations/europe-west1/services/checkout");

        Assert.Equal("projects/acme-prod/locations/europe-west1/services/checkout", (string)answer.Json["name"]!);
    }

    [Theory]
    [InlineData("v2/projects/other/locations/europe-west1/services", 403, "Permission 'run.services.list' denied on resource 'projects/other/locations/europe-west1' (or it may not exist).")]
    [InlineData("v2/projects/acme-prod/locations/mars-north1/services", 501, "Operation is not implemented, or supported, or enabled.")]
    [InlineData(SimulatorUnderTest.Europe + "/services/nope", 404, "Resource 'nope' of kind 'SERVICE' in region 'europe-west1' in project 'acme-prod' does not exist.")]
    [InlineData(SimulatorUnderTest.Europe + "/services?filter=x", 400, "Invalid JSON payload received. Unknown name \"filter\": Cannot bind query parameter. Field 'filter' could not be found in request message.")]
    public async Task Get_WhatIsNotThere_AnswersAsGoogle(string path, int status, string message)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync(path);

        Assert.Equal((status, message), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task Get_UnknownPath_IsAPageNotJson()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync("v2/projects/acme-prod/locations/europe-west1/nothings");

        Assert.Equal((404, "text/html"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task ListLocations_V1_HasTheThreeRegions()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync("v1/projects/acme-prod/locations");

        Assert.Equal(["asia-northeast1", "europe-west1", "us-central1"], answer.Names("locations"));
    }

    [Fact]
    public async Task Get_EnumEncodingInt_GivesNumbers()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.GetAsync(SimulatorUnderTest.Europe + "/services/checkout?$alt=json%3Benum-encoding=int");

        Assert.Equal(1, (int)answer.Json["ingress"]!);
        Assert.Equal(1, (int)answer.Json["traffic"]![0]!["type"]!);
        Assert.Equal(4, (int)answer.Json["terminalCondition"]!["state"]!);
    }

    private static string StateOf(JsonNode resource, string type) =>
        (string)resource["conditions"]!.AsArray().First(c => (string)c!["type"]! == type)!["state"]!;
}
