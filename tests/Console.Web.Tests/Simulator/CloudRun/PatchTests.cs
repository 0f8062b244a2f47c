using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests.Simulator.CloudRun;

public sealed class PatchTests
{
    private const string Checkout = SimulatorUnderTest.Europe + "/services/checkout";

    private const string Catalog = SimulatorUnderTest.Europe + "/services/catalog";

    [Fact]
    public async Task Patch_Template_MakesARevisionThatServesWhenTheOperationEnds()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var before = (await simulator.GetAsync(Checkout)).Json;

        var operation = (await simulator.RewriteAsync(Checkout, static s => s["template"]!["timeout"] = "90s")).Json;
        var during = (await simulator.GetAsync(Checkout)).Json;
        simulator.FinishOperations();
        var after = (await simulator.GetAsync(Checkout)).Json;
        var ended = (await simulator.GetAsync("v2/" + operation["name"])).Json;

        Assert.False(operation.ContainsKey("done"));
        Assert.Equal("type.googleapis.com/google.cloud.run.v2.Service", (string)operation["metadata"]!["@type"]!);
        Assert.True((bool)during["reconciling"]!);
        Assert.Equal("CONDITION_RECONCILING", (string)during["terminalCondition"]!["state"]!);
        Assert.Equal((string)before["latestReadyRevision"]!, (string)during["latestReadyRevision"]!);
        Assert.Equal(("6", "5"), ((string)during["generation"]!, (string)during["observedGeneration"]!));
        Assert.Matches("/checkout-00006-[a-z]{3}$", (string)during["latestCreatedRevision"]!);
        Assert.Equal((string)during["latestCreatedRevision"]!, (string)after["latestReadyRevision"]!);
        Assert.Equal("CONDITION_SUCCEEDED", (string)after["terminalCondition"]!["state"]!);
        Assert.False(after.ContainsKey("reconciling"));
        Assert.Equal((string)during["etag"]!, (string)after["etag"]!);
        Assert.NotEqual((string)before["etag"]!, (string)after["etag"]!);
        Assert.True((bool)ended["done"]!);
        Assert.Equal("90s", (string)ended["response"]!["template"]!["timeout"]!);
    }

    [Fact]
    public async Task Patch_TemplateOfAPinnedService_SucceedsAndServesNothing()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        const string pricing = SimulatorUnderTest.Europe + "/services/pricing";

        await simulator.RewriteAsync(pricing, static s => s["template"]!["timeout"] = "20s");
        simulator.FinishOperations();
        var after = (await simulator.GetAsync(pricing)).Json;

        Assert.Contains("/pricing-00005-", (string)after["latestReadyRevision"]!, StringComparison.Ordinal);
        Assert.Equal("pricing-stable", (string)Assert.Single(after["trafficStatuses"]!.AsArray())!["revision"]!);
    }

    [Theory]
    [InlineData("updateMask=scaling.minInstanceCount")]
    [InlineData("update_mask=scaling.minInstanceCount")]
    [InlineData("updateMask=scaling.min_instance_count")]
    [InlineData("update_mask=scaling")]
    public async Task Patch_ServiceLevelField_NeedsNoRevisionInAnySpelling(string query)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var before = (await simulator.GetAsync(Checkout)).Json;

        var answer = await simulator.PatchAsync($"{Checkout}?{query}", """{"scaling":{"min_instance_count":2}}""");
        simulator.FinishOperations();
        var after = (await simulator.GetAsync(Checkout)).Json;

        Assert.Equal(200, answer.Status);
        Assert.Equal(2, (int)after["scaling"]!["minInstanceCount"]!);
        Assert.Equal((string)before["latestCreatedRevision"]!, (string)after["latestCreatedRevision"]!);
        Assert.True(JsonNode.DeepEquals(before["template"], after["template"]));
        Assert.Equal("6", (string)after["observedGeneration"]!);
    }

    [Fact]
    public async Task Patch_MaskWithoutValue_ClearsTheField()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        await simulator.PatchAsync(Checkout + "?updateMask=description,template.vpcAccess", "{}");
        simulator.FinishOperations();
        var after = (await simulator.GetAsync(Checkout)).Json;

        Assert.False(after.ContainsKey("description"));
        Assert.False(after["template"]!.AsObject().ContainsKey("vpcAccess"));
        Assert.True(after["template"]!.AsObject().ContainsKey("containers"));
    }

    [Theory]
    [InlineData("template.containers.resources")]
    [InlineData("template.nothing")]
    public async Task Patch_MaskThatNamesNoField_IsRefused(string mask)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.PatchAsync($"{Checkout}?updateMask={mask}", "{}");

        Assert.Equal((400, "INVALID_ARGUMENT"), (answer.Status, answer.Code));
        Assert.Equal("update_mask", (string)answer.Json["error"]!["details"]![0]!["fieldViolations"]![0]!["field"]!);
    }

    [Fact]
    public async Task Patch_WithoutMask_ReplacesWhatTheBodyLeavesOut()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        await simulator.PatchAsync(Checkout, """{"template":{"containers":[{"image":"img"}]}}""");
        simulator.FinishOperations();
        var after = (await simulator.GetAsync(Checkout)).Json;

        Assert.False(after.ContainsKey("labels"));
        Assert.Equal("maria.lind@acme.example", (string)after["creator"]!);
        Assert.Equal(100, (int)after["template"]!["scaling"]!["maxInstanceCount"]!);
        Assert.Equal("300s", (string)after["template"]!["timeout"]!);
        var container = after["template"]!["containers"]![0]!;
        Assert.True((bool)container["resources"]!["cpuIdle"]!);
        Assert.Equal(240, (int)container["startupProbe"]!["periodSeconds"]!);
        Assert.Equal(8080, (int)container["startupProbe"]!["tcpSocket"]!["port"]!);
    }

    [Fact]
    public async Task Patch_ResourcesWithoutCpuIdle_TurnsToInstanceBasedBilling()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        await simulator.PatchAsync(
            Checkout + "?updateMask=template.containers",
            """{"template":{"containers":[{"image":"img","resources":{"limits":{"memory":"1Gi"}}}]}}""");
        simulator.FinishOperations();
        var resources = (await simulator.GetAsync(Checkout)).Json["template"]!["containers"]![0]!["resources"]!.AsObject();

        Assert.False(resources.ContainsKey("cpuIdle"));
        Assert.Equal(("1000m", "1Gi"), ((string)resources["limits"]!["cpu"]!, (string)resources["limits"]!["memory"]!));
    }

    [Fact]
    public async Task Patch_StaleEtag_ConflictWithBothVersions()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var old = (await simulator.GetAsync(Checkout)).Json;
        await simulator.PatchAsync(Checkout + "?updateMask=description", """{"description":"first"}""");

        old["description"] = "second";
        var answer = await simulator.PatchAsync(Checkout, old);

        Assert.Equal((409, "ABORTED"), (answer.Status, answer.Code));
        Assert.Matches("^Conflict for resource 'checkout': version '1[0-9]{15}' was specified but current version is '1795338000000000'\\.$", answer.Message);
    }

    [Fact]
    public async Task Patch_WithTheRevisionNameThatGetReturned_IsTheTrap()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var trapped = await simulator.RewriteAsync(Catalog, static s => s["template"]!["timeout"] = "31s");
        var onlyScaling = await simulator.RewriteAsync(Catalog, static s => s["scaling"] = new JsonObject { ["minInstanceCount"] = 1 });
        var masked = await simulator.PatchAsync(Catalog + "?updateMask=template.timeout", """{"template":{"timeout":"31s"}}""");
        var besides = await simulator.PatchAsync(Catalog + "?updateMask=scaling", """{"scaling":{"minInstanceCount":1}}""");
        var cleared = await simulator.PatchAsync(Catalog + "?updateMask=template.timeout,template.revision", """{"template":{"timeout":"31s"}}""");

        foreach (var refused in (Answer[])[trapped, onlyScaling, masked])
        {
            Assert.Equal((409, "Revision named 'catalog-v7-5-0' with different configuration already exists."), (refused.Status, refused.Message));
        }

        Assert.Equal((200, 200), (besides.Status, cleared.Status));
    }

    [Fact]
    public async Task Patch_ValidateOnly_AnswersAndStoresNothing()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var before = await simulator.GetAsync(Checkout);

        var dryRun = await simulator.PatchAsync(Checkout + "?validateOnly=true&updateMask=template.timeout", """{"template":{"timeout":"90s"}}""");
        var polled = await simulator.GetAsync("v2/" + dryRun.Json["name"]);
        var after = await simulator.GetAsync(Checkout);

        Assert.Equal("90s", (string)dryRun.Json["response"]!["template"]!["timeout"]!);
        Assert.Equal(404, polled.Status);
        Assert.Equal(before.Text, after.Text);
    }

    [Fact]
    public async Task Patch_Missing_NotFoundUnlessAllowed()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        const string body = """{"template":{"containers":[{"image":"img"}]}}""";

        var refused = await simulator.PatchAsync(SimulatorUnderTest.Europe + "/services/brand-new", body);
        var allowed = await simulator.PatchAsync(SimulatorUnderTest.Europe + "/services/brand-new?allowMissing=true", body);
        simulator.FinishOperations();
        var created = (await simulator.GetAsync(SimulatorUnderTest.Europe + "/services/brand-new")).Json;

        Assert.Equal((404, 200), (refused.Status, allowed.Status));
        Assert.Equal("1", (string)created["generation"]!);
        Assert.StartsWith("https://brand-new-", (string)created["uri"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_UnknownField_NamesIt()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.PatchAsync(Checkout, """{"template":{"minScale":1,"containers":[{"image":"img","colour":"red"}]}}""");

        Assert.Equal((400, "INVALID_ARGUMENT"), (answer.Status, answer.Code));
        var violations = answer.Json["error"]!["details"]![0]!["fieldViolations"]!.AsArray();
        Assert.Equal(2, violations.Count);
        Assert.Equal("Invalid JSON payload received. Unknown name \"minScale\" at 'template': Cannot find field.", (string)violations[0]!["description"]!);
        Assert.Equal("template.containers[0]", (string)violations[1]!["field"]!);
    }

    [Fact]
    public async Task Patch_FieldsThatFewClientsKnow_Survive()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.RewriteAsync(Checkout, static s =>
        {
            s["template"]!["scaling"]!["overflowScaling"] = new JsonObject { ["mode"] = "ON" };
            s["template"]!["containers"]![0]!["readinessProbe"] = new JsonObject { ["httpGet"] = new JsonObject { ["path"] = "/r" } };
            s["template"]!["containers"]![0]!["sourceCode"] =
                new JsonObject { ["cloudStorageSource"] = new JsonObject { ["bucket"] = "b", ["object"] = "o", ["generation"] = "7" } };
        });
        simulator.FinishOperations();
        var template = (await simulator.GetAsync(Checkout)).Json["template"]!;

        Assert.Equal(200, answer.Status);
        Assert.Equal("ON", (string)template["scaling"]!["overflowScaling"]!["mode"]!);
        Assert.Equal("/r", (string)template["containers"]![0]!["readinessProbe"]!["httpGet"]!["path"]!);
        Assert.Equal("7", (string)template["containers"]![0]!["sourceCode"]!["cloudStorageSource"]!["generation"]!);
    }

    [Fact]
    public async Task Patch_WhatAlreadyIs_EndsAtOnceAndChangesNothing()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var before = await simulator.GetAsync(Checkout);

        var answer = await simulator.RewriteAsync(Checkout, static _ => { });

        Assert.True((bool)answer.Json["done"]!);
        Assert.Equal(before.Text, (await simulator.GetAsync(Checkout)).Text);
    }

    [Fact]
    public async Task Patch_WhileAnotherRuns_BothRevisionsAndTheLastOneServes()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PatchAsync(Checkout + "?updateMask=template.timeout", """{"template":{"timeout":"61s"}}""");
        simulator.Clock.Advance(TimeSpan.FromSeconds(2));
        await simulator.PatchAsync(Checkout + "?updateMask=template.timeout", """{"template":{"timeout":"62s"}}""");
        simulator.Clock.Advance(TimeSpan.FromSeconds(3));

        var between = (await simulator.GetAsync(Checkout)).Json;
        simulator.FinishOperations();
        var after = (await simulator.GetAsync(Checkout)).Json;

        Assert.True((bool)between["reconciling"]!);
        Assert.Contains("-00006-", (string)between["latestReadyRevision"]!, StringComparison.Ordinal);
        Assert.Contains("-00007-", (string)after["latestReadyRevision"]!, StringComparison.Ordinal);
        Assert.False(after.ContainsKey("reconciling"));
    }

    [Fact]
    public async Task Patch_Traffic_MovesWithTagsAndUris()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var latest = ((string)(await simulator.GetAsync(Checkout)).Json["latestReadyRevision"]!).Split('/')[^1];

        await simulator.PatchAsync(
            Checkout + "?updateMask=traffic",
            $$"""{"traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"{{latest}}","percent":75},{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST","percent":25,"tag":"next"}]}""");
        simulator.FinishOperations();
        var statuses = (await simulator.GetAsync(Checkout)).Json["trafficStatuses"]!.AsArray();

        Assert.Equal((latest, 75), ((string)statuses[0]!["revision"]!, (int)statuses[0]!["percent"]!));
        Assert.False(statuses[1]!.AsObject().ContainsKey("revision"));
        Assert.StartsWith("https://next---checkout-", (string)statuses[1]!["uri"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_Service_GoesWithItsRevisionsAndStaysInListsOfDeleted()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.DeleteAsync(Checkout);
        var gone = await simulator.GetAsync(Checkout);
        var revisions = await simulator.GetAsync(Checkout + "/revisions");
        var deleted = await simulator.GetAsync(SimulatorUnderTest.Europe + "/services?showDeleted=true");

        Assert.Equal((200, 404), (answer.Status, gone.Status));
        Assert.Empty(revisions.Json);
        Assert.Contains("checkout", deleted.Names("services"));
    }

    [Fact]
    public async Task DeleteRevision_ThatServesOrIsTheLatest_IsRefused()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        const string pricing = SimulatorUnderTest.Europe + "/services/pricing/revisions/";
        var names = (await simulator.GetAsync(pricing.TrimEnd('/'))).Names("revisions");

        var latest = await simulator.DeleteAsync(pricing + names[0]);
        var serving = await simulator.DeleteAsync(pricing + "pricing-stable");
        var retired = await simulator.DeleteAsync(pricing + names[1]);

        Assert.Equal(("FAILED_PRECONDITION", "FAILED_PRECONDITION", 200), (latest.Code, serving.Code, retired.Status));
    }
}
