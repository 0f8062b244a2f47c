using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Tests.Changes;

/// <summary>Each rule of Cloud Run, with the nearest change that it takes.</summary>
public sealed class RuleTests
{
    private const string Half = """{"limits":{"cpu":"500m","memory":"256Mi"},"cpuIdle":true}""";
    private const string One = """{"limits":{"cpu":"1","memory":"512Mi"},"cpuIdle":true}""";
    private const string Gpu = """{"limits":{"cpu":"4","memory":"16Gi","nvidia.com/gpu":"1"}}""";

    public static TheoryData<string, string, string, Change, Change?> Cases => new()
    {
        { Half, "", "at least one CPU", new SetCpuAllocation(true), new Several([new SetCpuAllocation(true), new SetResources("1", "512Mi")]) },
        { Half, "", "one request at a time", new SetConcurrency(10), new SetConcurrency(1) },
        { Half, "", "second generation needs at least one CPU", new SetExecutionEnvironment(ExecutionEnvironment.Gen2), new SetExecutionEnvironment(ExecutionEnvironment.Gen1) },
        { One, "\"maxInstanceRequestConcurrency\":80,", "concurrency 1", new SetResources("0.5", null), new SetResources("1", null) },
        { One, "", "least CPU is 0.08", new SetResources("0.01", "128Mi"), null },
        { Half, "", "counted in thousandths", new SetResources("0.0801", null), new SetResources("0.08", null) },
        { One, "", "2, 4, 6 or 8", new SetResources("3", null), new SetResources("2", null) },
        { One, "", "2, 4, 6 or 8", new SetResources("16", "32Gi"), new SetResources("8", "32Gi") },
        { One, "", "memory is 2 GiB to 16 GiB", new SetResources("4", null), new SetResources("4", "2Gi") },
        { One, "", "memory is 128 MiB to 4 GiB", new SetResources(null, "5Gi"), new SetResources("2", "5Gi") },
        { One, "", "memory is 128 MiB to 4 GiB", new SetResources("1", "40Gi"), null },
        { """{"limits":{"cpu":"1","memory":"256Mi"},"cpuIdle":true}""", "", "at least 512 MiB", new SetCpuAllocation(true), new Several([new SetCpuAllocation(true), new SetResources(null, "512Mi")]) },
        { """{"limits":{"cpu":"1","memory":"256Mi"},"cpuIdle":true}""", "", "second generation needs at least 512 MiB", new SetExecutionEnvironment(ExecutionEnvironment.Gen2), new Several([new SetExecutionEnvironment(ExecutionEnvironment.Gen2), new SetResources(null, "512Mi")]) },
        { Gpu, "", "CPU stays allocated", new SetCpuAllocation(false), new SetCpuAllocation(true) },
        { Gpu, "", "at least 16 GiB", new SetResources(null, "8Gi"), new SetResources(null, "16Gi") },
        { One, "\"volumes\":[{\"name\":\"d\",\"gcs\":{\"bucket\":\"b\"}}],", "need the second generation", new SetExecutionEnvironment(ExecutionEnvironment.Gen1), new SetExecutionEnvironment(ExecutionEnvironment.Gen2) },
        { One, "", "at most 1000", new SetConcurrency(2000), new SetConcurrency(1000) },
        { One, "", "at least one request", new SetConcurrency(0), new SetConcurrency(1) },
        { One, "", "3600 s at most", new SetTimeout(7200), new SetTimeout(3600) },
        { One, "", "least timeout is 1 s", new SetTimeout(0), new SetTimeout(1) },
        { One, "", "not be above the service's maximum of 3", new SetInstanceLimits(5, 3), new SetInstanceLimits(3, 3) },
        { One, "", "must not be negative", new SetInstanceLimits(-1, null), new SetInstanceLimits(0, null) },
        { One, "\"scaling\":{\"minInstanceCount\":2,\"maxInstanceCount\":50},", "not be above the revision's maximum of 50", new SetRevisionLimits(60, null), new SetRevisionLimits(50, null) },
        { One, "", "between 10 and 90", new SetScalingTargets(95, null), new SetScalingTargets(90, null) },
        { One, "", "make 100 % together; they make 90", new SplitTraffic([new TrafficShare("", 90)]), new SplitTraffic([new TrafficShare("", 100)]) },
        { One, "", "make 100 % together; they make 99", new SplitTraffic([new TrafficShare("", 50), new TrafficShare("a", 49)]), new SplitTraffic([new TrafficShare("", 50), new TrafficShare("a", 50)]) },
        { One, "", "must not be negative", new ScaleManually(-1), new ScaleManually(0) },
        { One, "", "minimum must not be negative", new SetRevisionLimits(-1, null), new SetRevisionLimits(0, null) },
        { One, "", "at least one instance", new SetRevisionLimits(null, 0), new SetRevisionLimits(null, 1) },
        { One, "\"scaling\":{\"minInstanceCount\":5},", "not be below the revision's minimum of 5", new SetRevisionLimits(null, 2), new SetRevisionLimits(null, 5) },
        { One, "", "needs memory", new SetResources(null, "0"), new SetResources(null, "128Mi") },
        { Gpu, "", "runs in the second generation", new SetExecutionEnvironment(ExecutionEnvironment.Gen1), new SetExecutionEnvironment(ExecutionEnvironment.Gen2) },
        { """{"limits":{"cpu":"4","memory":"16Gi"}}""", "\"nodeSelector\":{\"accelerator\":\"nvidia-l4\"},", "CPU stays allocated", new SetCpuAllocation(false), new SetCpuAllocation(true) },
        { One, "", "not an amount of memory", new SetResources(null, "much"), null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Plan_WhatCloudRunRefuses_IsRefusedWithTheReasonAndTheNearest(string resources, string template, string reason, Change change, Change? nearest)
    {
        var refusals = PlannerTests.Refused(PlannerTests.Input(PlannerTests.Service(resources, template: template)), change);

        Assert.Contains(refusals, r => r.Reason.Contains(reason, StringComparison.Ordinal));
        if (nearest is not null)
        {
            Assert.Equal(nearest, refusals[0].Nearest);
        }
    }

    [Fact]
    public void Refusal_OfLessThanOneCpu_NamesTheFieldThatWasChanged()
    {
        Assert.Equal("template.containers.resources.cpuIdle", PlannerTests.Refused(PlannerTests.Input(PlannerTests.Service(Half)), new SetCpuAllocation(true))[0].Path);
        Assert.Equal(
            "template.containers.resources.limits.cpu",
            PlannerTests.Refused(PlannerTests.Input(PlannerTests.Service("""{"limits":{"cpu":"1","memory":"512Mi"}}""")), new SetResources("0.5", null))[0].Path);
    }

    [Fact]
    public void Plan_ARuleThatWasBrokenBefore_DoesNotStandInTheWay()
    {
        // A service of before the rule (or of a loosened one) runs: an unrelated change must pass.
        var json = PlannerTests.Service("""{"limits":{"cpu":"3","memory":"512Mi"},"cpuIdle":true}""");

        Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(json), new SetSessionAffinity(true)));
    }

    [Fact]
    public void Plan_ARuleThatWasBrokenBefore_HoldsForTheValueThatIsSet()
    {
        var json = PlannerTests.Service(One, more: "\"scaling\":{\"minInstanceCount\":9,\"maxInstanceCount\":3},", template: "\"maxInstanceRequestConcurrency\":1001,");

        Assert.Equal(new SetConcurrency(1000), PlannerTests.Refused(PlannerTests.Input(json), new SetConcurrency(2000))[0].Nearest);
        Assert.Equal(new SetInstanceLimits(3, null), PlannerTests.Refused(PlannerTests.Input(json), new SetInstanceLimits(5, null))[0].Nearest);
        Assert.Equal(new SetInstanceLimits(0, null), PlannerTests.Refused(PlannerTests.Input(json), new SetInstanceLimits(-1, null))[0].Nearest);
        Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(json), new SetInstanceLimits(2, null)));
    }

    [Fact]
    public void Plan_SeveralContainersWithoutAPort_IsRefusedAndNotCalledSetAlready()
    {
        const string Json = """
            {"name":"projects/acme/locations/europe-west1/services/checkout","template":{"containers":[{"name":"a","image":"i"},{"name":"b","image":"i"}]}}
            """;

        foreach (Change change in (Change[])[new SetResources("2", null), new SetStartupBoost(true)])
        {
            Assert.Contains("None of the containers has a port", PlannerTests.Refused(PlannerTests.Input(Json), change)[0].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Plan_MoreThanAnyMachineHas_IsRefusedAndNoFault()
    {
        const string Json = """
            {"name":"projects/acme/locations/europe-west1/services/checkout","template":{"containers":[
              {"name":"web","image":"i","ports":[{"containerPort":8080}]},
              {"name":"side","image":"i","resources":{"limits":{"cpu":"2000000","memory":"8000000Ti"},"cpuIdle":true}}]}}
            """;

        Assert.NotEmpty(PlannerTests.Refused(PlannerTests.Input(Json), new SetResources("2000000", "8000000Ti")));
        Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(Json), new SetSessionAffinity(true)));
    }

    [Fact]
    public void Refusal_WhereTheSidecarsHaveAllTheMemory_NamesNoAmountOfNothing()
    {
        const string Json = """
            {"name":"projects/acme/locations/europe-west1/services/checkout","template":{"containers":[
              {"name":"web","image":"i","ports":[{"containerPort":8080}],"resources":{"limits":{"cpu":"0.5","memory":"128Mi"},"cpuIdle":true}},
              {"name":"side","image":"i","resources":{"limits":{"cpu":"0.1","memory":"1Gi"},"cpuIdle":true}}]}}
            """;

        Assert.All(PlannerTests.Refused(PlannerTests.Input(Json), new SetResources("0.08", "256Mi")), static r => Assert.DoesNotContain("0Mi", $"{r.Nearest}", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_ASidecar_CountsInTheSums()
    {
        const string Json = """
            {"name":"projects/acme/locations/europe-west1/services/checkout","template":{"containers":[
              {"name":"proxy","image":"p","resources":{"limits":{"cpu":"1","memory":"1Gi"},"cpuIdle":true}},
              {"name":"web","image":"i","ports":[{"containerPort":8080}],"resources":{"limits":{"cpu":"1","memory":"1Gi"},"cpuIdle":true}}]}}
            """;

        var refusal = Assert.Single(PlannerTests.Refused(PlannerTests.Input(Json), new SetResources(null, "8Gi")));

        Assert.Equal(new SetResources("4", "8Gi"), refusal.Nearest);
        var tooMuch = Assert.Single(PlannerTests.Refused(PlannerTests.Input(Json), new SetResources("8", "8Gi")));
        Assert.Contains("8 CPU at most", tooMuch.Reason, StringComparison.Ordinal);
        Assert.Equal(new SetResources("6", "8Gi"), tooMuch.Nearest);
    }

    [Theory]
    [InlineData("", 20_000, 0, "100 instances × 2 CPU = 200 CPU; the region's quota is 20. At most 10 instances fit.", false)]
    [InlineData("\"scaling\":{\"maxInstanceCount\":30},", 20_000, 0, "30 instances × 2 CPU = 60 CPU; the region's quota is 20. At most 10 instances fit.", true)]
    [InlineData("", 0, 20, "100 instances × 1 GiB = 100 GiB; the region's quota is 20. At most 20 instances fit.", false)]
    public void Plan_MoreThanTheQuota_IsRefusedWithTheLargestMaximumThatFits(string template, int cpuMillis, int gib, string reason, bool ofRevision)
    {
        var quota = new RegionQuota(cpuMillis, (long)gib << 30);
        var json = PlannerTests.Service("""{"limits":{"cpu":"100m","memory":"128Mi"},"cpuIdle":true}""", template: template);
        Change bigger = new SetResources("2", "1Gi");

        var refusal = PlannerTests.Refused(PlannerTests.Input(json) with { Quota = quota }, bigger)[0];

        Assert.Equal(reason, refusal.Reason);
        var fits = gib > 0 ? 20 : 10;
        Assert.Equal(new Several([bigger, ofRevision ? new SetRevisionLimits(null, fits) : new SetInstanceLimits(null, fits)]), refusal.Nearest);
        Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(json) with { Quota = quota }, refusal.Nearest!));
        Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(json), bigger));
    }

    [Fact]
    public void Plan_QuotaThatWasExceededBefore_DoesNotStandInTheWay()
    {
        var json = PlannerTests.Service("""{"limits":{"cpu":"2","memory":"1Gi"},"cpuIdle":true}""");

        Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(json) with { Quota = new RegionQuota(20_000, 0) }, new SetSessionAffinity(true)));
    }
}
