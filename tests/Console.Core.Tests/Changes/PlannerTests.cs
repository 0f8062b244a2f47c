using System.Text.Json.Nodes;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Changes;

public sealed class PlannerTests
{
    private const string Pinned = """
        "traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"checkout-00001-aaa","percent":100}],
        """;

    [Fact]
    public void Plan_CpuAlways_IsOneLineANewRevisionAndANarrowMask()
    {
        var plan = Ready(RealShapes.RequestBasedService, new SetCpuAllocation(Always: true));

        var line = Assert.Single(plan.Settings);
        Assert.Equal(("template.containers[worker].resources.cpuIdle", "CPU billing", "request-based", "instance-based"), (line.Path, line.Name, line.Before, line.After));
        Assert.Equal(["template.containers", "template.revision"], plan.Mask);
        Assert.True(plan.NewRevision);
        Assert.Contains("All traffic goes to the new revision", plan.Traffic, StringComparison.Ordinal);
        Assert.Contains("checkout-00002-ruh goes on serving", plan.Traffic, StringComparison.Ordinal);
        Assert.False((bool)JsonNode.Parse(plan.Body)!["template"]!["containers"]![0]!["resources"]!["cpuIdle"]!);
    }

    [Fact]
    public void Plan_MemoryOnAContainerWithoutResources_KeepsRequestBasedBilling()
    {
        var plan = Ready(Service(resources: null), new SetResources(null, "1Gi"));

        Assert.True((bool)JsonNode.Parse(plan.Body)!["template"]!["containers"]![0]!["resources"]!["cpuIdle"]!);
        Assert.Equal("Memory", Assert.Single(plan.Settings).Name);
    }

    [Fact]
    public void Plan_MemoryOnAnInstanceBasedContainer_SaysThatItStaysSo()
    {
        var plan = Ready(Service("""{"limits":{"cpu":"1","memory":"512Mi"}}"""), new SetResources(null, "1Gi"));

        Assert.False((bool)JsonNode.Parse(plan.Body)!["template"]!["containers"]![0]!["resources"]!["cpuIdle"]!);
    }

    [Fact]
    public void Plan_ServiceMinimum_IsImmediateAndLeavesTheTemplateAlone()
    {
        var plan = Ready(Service(), new SetInstanceLimits(2, null));

        Assert.False(plan.NewRevision);
        Assert.Equal(["scaling.minInstanceCount"], plan.Mask);
        Assert.Null(JsonNode.Parse(plan.Body)!["template"]);
        Assert.Equal(CostDirection.Up, plan.Cost.Direction);
        Assert.Contains("2 more are started", plan.Restarts, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_PinnedTraffic_SaysThatItServesNothingAndOffersToRoute()
    {
        var plan = Ready(Service(more: Pinned), new SetConcurrency(10));

        Assert.Contains("serves nothing", plan.Traffic, StringComparison.Ordinal);
        var offered = Assert.Single(plan.Warnings).Instead!;
        var better = Ready(Service(more: Pinned), offered);
        Assert.Contains("All traffic goes to the new revision", better.Traffic, StringComparison.Ordinal);
        Assert.Equal(["template.maxInstanceRequestConcurrency", "template.revision", "traffic"], better.Mask);
    }

    [Fact]
    public void Plan_NumbersInQuotes_CountAsTheNumbersThatTheyAre()
    {
        // proto3 JSON takes both spellings.
        var json = Service(more: """
            "scaling":{"minInstanceCount":"2","maxInstanceCount":5.0},"traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST","percent":"100"}],
            """);

        Assert.Contains("All traffic goes to the new revision", Ready(json, new SetConcurrency(10)).Traffic, StringComparison.Ordinal);
        Assert.Equal(new SetInstanceLimits(5, null), Refused(Input(json), new SetInstanceLimits(6, null))[0].Nearest);
        Assert.Equal(new SetInstanceLimits(null, 2), Refused(Input(json), new SetInstanceLimits(null, 1))[0].Nearest);
    }

    [Fact]
    public void Plan_AutomaticScalingThatIsNotSpelledOut_IsNothingToChange() =>
        Assert.IsType<Planning.Nothing>(Planner.Plan(Input(Service(more: "\"scaling\":{\"minInstanceCount\":1},")), new ScaleAutomatically()));

    [Fact]
    public void Plan_WhatIsSetAlready_IsNothing() =>
        Assert.IsType<Planning.Nothing>(Planner.Plan(Input(Service()), new SetCpuAllocation(Always: false)));

    [Fact]
    public void Plan_ManualZero_TakesTheServiceDownAndAsksForItsName()
    {
        var plan = Ready(Service(), new ScaleManually(0));

        Assert.Equal("checkout", plan.TypeToConfirm);
        Assert.Contains(plan.Warnings, static w => w.Message.Contains("503", StringComparison.Ordinal));
        Assert.Null(Ready(Service(), new ScaleManually(1)).TypeToConfirm);
    }

    [Fact]
    public void Plan_BackToAutomatic_ClearsTheCount()
    {
        var plan = Ready(Service(more: """ "scaling":{"scalingMode":"MANUAL","manualInstanceCount":2,"newField":1.0}, """), new ScaleAutomatically());

        Assert.Equal(["scaling.manualInstanceCount", "scaling.scalingMode"], plan.Mask);
        Assert.Equal("""{"scalingMode":"AUTOMATIC"}""", JsonNode.Parse(plan.Body)!["scaling"]!.ToJsonString());
    }

    [Fact]
    public void Plan_SplitTraffic_KeepsTagsAndTheirUnknownFields()
    {
        const string Tagged = """
            "traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST","percent":100},{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"checkout-00001-aaa","tag":"canary","newField":7}],
            """;

        var plan = Ready(Service(more: Tagged), new SplitTraffic([new TrafficShare("", 90), new TrafficShare("checkout-00001-aaa", 10)]));

        var canary = JsonNode.Parse(plan.Body)!["traffic"]![1]!;
        Assert.Equal(("canary", 7, 10), ((string)canary["tag"]!, (int)canary["newField"]!, (int)canary["percent"]!));
        Assert.False(plan.NewRevision);
    }

    [Fact]
    public void Plan_ARevisionThatFailed_TakesNoTraffic()
    {
        var input = Input(Service()) with { Revisions = [Build.Revision("checkout-00003-ccc", ready: Build.Failed("The container did not start."))] };

        var refusal = Assert.Single(Refused(input, new RouteToRevision("checkout-00003-ccc")));
        Assert.Contains("The container did not start.", refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("no revision checkout-9", Assert.Single(Refused(input, new RouteToRevision("checkout-9"))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RevisionMinimumWhereThereWasNone_OffersTheServiceLevel() =>
        Assert.Equal(new SetInstanceLimits(2, null), Assert.Single(Refused(Input(Service()), new SetRevisionLimits(2, null))).Nearest);

    [Fact]
    public void Plan_AfterAFailedDeployment_WarnsThatItMayFailTheSameWay()
    {
        var input = Input(Service()) with { Revisions = [Build.Revision(ready: Build.Failed("No port."))] };

        Assert.Contains(Assert.IsType<Planning.Ready>(Planner.Plan(input, new SetConcurrency(5))).Plan.Warnings, static w => w.Message.Contains("No port", StringComparison.Ordinal));
    }

    [Fact]
    public void RollBack_Of_IsTheReadyRevisionBeforeTheOneThatServes()
    {
        Revision[] revisions =
        [
            Build.Revision("checkout-00004-ddd", created: Build.Now.AddHours(-1)),
            Build.Revision("checkout-00003-ccc", created: Build.Now.AddHours(-2), ready: Build.Failed("x")),
            Build.Revision("checkout-00002-bbb", created: Build.Now.AddHours(-3)),
        ];

        Assert.Equal(new RollBack("checkout-00002-bbb"), RollBack.Of(Build.Service(latestReady: "checkout-00004-ddd"), revisions));
        Assert.Null(RollBack.Of(Build.Service(latestReady: "checkout-00002-bbb"), revisions));
    }

    [Fact]
    public void Plan_BeyondTheDatabase_ShowsTheArithmeticAndOffersTheLargestSafeMaximum()
    {
        var input = Input(Service()) with { Connections = new ConnectionBudget(PoolSize: 10, DatabaseLimit: 100) };

        var warning = Assert.Single(Assert.IsType<Planning.Ready>(Planner.Plan(input, new SetInstanceLimits(null, 20))).Plan.Warnings);

        Assert.Contains("22 × 10 = 220", warning.Message, StringComparison.Ordinal);
        Assert.Equal(new SetInstanceLimits(null, 9), warning.Instead);
        Assert.Null(new ConnectionBudget(10, 100).Exceeded(9, 100));
        Assert.NotNull(new ConnectionBudget(10, 100).Exceeded(10, 100));

        // Without a maximum of the service, old and new revision each have the revision's own.
        Assert.Contains("up to 5 instances, twice that", new ConnectionBudget(10, 100).Exceeded(0, 5), StringComparison.Ordinal);
        Assert.Null(new ConnectionBudget(10, 100).Exceeded(0, 4));

        // And a large maximum of the service does not keep them from overlapping.
        Assert.Contains("11 × 10 = 110", new ConnectionBudget(10, 100).Exceeded(50, 5), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ManualCountBeyondTheDatabase_OffersTheLargestSafeCount()
    {
        var input = Input(Service()) with { Connections = new ConnectionBudget(PoolSize: 10, DatabaseLimit: 100) };

        var warning = Assert.Single(Assert.IsType<Planning.Ready>(Planner.Plan(input, new ScaleManually(8))).Plan.Warnings);

        Assert.Contains("16 × 10 = 160", warning.Message, StringComparison.Ordinal);
        Assert.Equal(new ScaleManually(5), warning.Instead);
    }

    [Fact]
    public void Undo_AFieldChangedSince_IsRefusedWithWhatItIsNow()
    {
        var plan = Ready(Service(), new SetConcurrency(10));
        var now = Services.Patch(Service(), plan);
        now["template"]!["maxInstanceRequestConcurrency"] = 40;

        var undo = Undo.Of("c1", "Set concurrency to 10", plan.Settings, now.ToJsonString(), "ada@example.com");

        Assert.False(undo.IsOk);
        var reason = Assert.Single(undo.Refusals).Reason;
        Assert.Contains("it is 40", reason, StringComparison.Ordinal);
        Assert.Contains("ada@example.com", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_AnotherFieldChangedSince_GoesThroughAndLeavesIt()
    {
        var plan = Ready(Service(), new SetConcurrency(10));
        var now = Services.Patch(Service(), plan);
        now["template"]!["timeout"] = "10s";

        var undo = Undo.Of("c1", "x", plan.Settings, now.ToJsonString(), "");

        Assert.Equal("template.maxInstanceRequestConcurrency", Assert.Single(Ready(now.ToJsonString(), undo.Change!).Settings).Path);
    }

    [Fact]
    public void Plan_BrokenJson_IsRefused() => Assert.Single(Refused(Input("{\"template\":"), new SetConcurrency(1)));

    internal static string Service(string? resources = """{"limits":{"cpu":"1","memory":"512Mi"},"cpuIdle":true}""", string more = "", string template = "") => $$"""
        {"name":"{{Services.Name.Value}}","etag":"e",{{more}}"latestCreatedRevision":"x/checkout-00002-bbb",
         "template":{ {{template}}"containers":[{"image":"i","ports":[{"containerPort":8080}]{{(resources is null ? "" : $",\"resources\":{resources}")}} } ] } }
        """;

    internal static PlanInput Input(string json) => new() { Resource = Services.Name, RawJson = json };

    internal static IReadOnlyList<Refusal> Refused(PlanInput input, Change change) => Assert.IsType<Planning.Refused>(Planner.Plan(input, change)).Refusals;

    private static Plan Ready(string json, Change change) => Assert.IsType<Planning.Ready>(Planner.Plan(Input(json), change)).Plan;
}
