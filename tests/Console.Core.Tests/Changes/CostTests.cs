using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Tests.Changes;

public sealed class CostTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Cost_AlwaysOnForAnInstanceThatIdles_GoesUpByTheRates()
    {
        // 1 CPU, 0.5 GiB; alive all day, busy a tenth of it, 10,000 requests.
        var cost = Cost(new SetCpuAllocation(true), new ObservedUsage(Day, 8640, 86_400, 10_000, "the last day"));

        const decimal Month = 365m / 12;
        Assert.Equal(CostDirection.Up, cost.Direction);
        Assert.Equal(Month * ((8640 * (0.000024m + (0.5m * 0.0000025m))) + (0.01m * 0.40m)), cost.Before!.Value, 6);
        Assert.Equal(Month * 86_400 * (0.000018m + (0.5m * 0.000002m)), cost.After!.Value, 6);
    }

    [Fact]
    public void Cost_AlwaysOnForAnInstanceThatIsBusyAllTheTime_GoesDown() =>
        Assert.Equal(CostDirection.Down, Cost(new SetCpuAllocation(true), new ObservedUsage(Day, 86_400, 86_400, 0, "the last day")).Direction);

    [Fact]
    public void Cost_AlwaysOnWithoutObservation_IsUnknownAndSaysWhatDecides()
    {
        var cost = Cost(new SetCpuAllocation(true), usage: null);

        Assert.Equal(CostDirection.Unknown, cost.Direction);
        Assert.Contains("not known", cost.Sentence, StringComparison.Ordinal);
        Assert.Contains("$0.0684 an hour more", cost.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Cost_OneKeptInstance_HasAFigureWithoutObservation()
    {
        var cost = Cost(new SetInstanceLimits(1, null), usage: null);

        // 2,628,000 s × (1 × 0.0000025 + 0.5 × 0.0000025)
        Assert.Equal(CostDirection.Up, cost.Direction);
        Assert.Contains("$9.86 a month more", cost.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Cost_AManualCountOfInstances_PaysForExactlyThose()
    {
        var json = PlannerTests.Service("""{"limits":{"cpu":"1","memory":"512Mi"}}""");
        var input = PlannerTests.Input(json) with { Usage = new ObservedUsage(Day, 1000, 10 * 86_400, 5, "the last day") };

        var cost = Assert.IsType<Planning.Ready>(Planner.Plan(input, new ScaleManually(2))).Plan.Cost;

        Assert.Equal(CostDirection.Down, cost.Direction);
        Assert.Equal(cost.Before!.Value / 5, cost.After!.Value, 6);
    }

    [Fact]
    public void Cost_AServiceTakenDown_GoesDownAndUpAgain()
    {
        var observed = Cost(new ScaleManually(0), new ObservedUsage(Day, 8640, 86_400, 10_000, "the last day"));

        Assert.Equal((CostDirection.Down, 0m), (observed.Direction, observed.After));
        Assert.Equal(CostDirection.Down, Cost(new ScaleManually(0), usage: null).Direction);
        var down = PlannerTests.Service(more: "\"scaling\":{\"scalingMode\":\"MANUAL\",\"manualInstanceCount\":0},");
        Assert.Equal(CostDirection.Up, Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(down), new ScaleAutomatically())).Plan.Cost.Direction);
        Assert.Equal(CostDirection.Same, Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(down), new SetResources("2", null))).Plan.Cost.Direction);
    }

    [Fact]
    public void Cost_ANewRevisionThatServesNothing_IsNothingForNow()
    {
        var json = PlannerTests.Service(more: """
            "traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"checkout-00001-aaa","percent":100}],
            """);
        var input = PlannerTests.Input(json) with { Usage = new ObservedUsage(Day, 8640, 86_400, 10_000, "the last day") };

        var pinned = Assert.IsType<Planning.Ready>(Planner.Plan(input, new SetCpuAllocation(true))).Plan.Cost;
        Assert.Equal(CostDirection.Same, pinned.Direction);
        Assert.StartsWith("Nothing for now", pinned.Sentence, StringComparison.Ordinal);
        Assert.Contains("a month more", pinned.Sentence, StringComparison.Ordinal);
        Assert.Equal(CostDirection.Up, Assert.IsType<Planning.Ready>(Planner.Plan(input, new SetInstanceLimits(50, null))).Plan.Cost.Direction);
        Assert.Equal(CostDirection.Up, Assert.IsType<Planning.Ready>(Planner.Plan(input, new Several([new SetCpuAllocation(true), new RouteToLatest()]))).Plan.Cost.Direction);
    }

    [Fact]
    public void Cost_WithAGpu_SaysThatItsPriceIsNotInTheFigure()
    {
        var json = PlannerTests.Service("""{"limits":{"cpu":"4","memory":"16Gi","nvidia.com/gpu":"1"}}""");

        Assert.Contains("price of the GPU is not in it", Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(json), new SetInstanceLimits(1, null))).Plan.Cost.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Cost_ARegionOfTheSecondTier_IsDearer()
    {
        Assert.Equal(0.0000336m, PriceTier.Of("asia-northeast3")!.RequestCpu);
        Assert.Null(PriceTier.Of("moon-north1"));
        var input = PlannerTests.Input(PlannerTests.Service()) with { Resource = ResourceName.Service("acme", "moon-north1", "checkout") };
        Assert.Contains("moon-north1", Assert.IsType<Planning.Ready>(Planner.Plan(input, new SetInstanceLimits(1, null))).Plan.Cost.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Cost_Concurrency_HasNoPriceOfItsOwn() => Assert.Equal(CostDirection.Same, Cost(new SetConcurrency(10), usage: null).Direction);

    private static CostEffect Cost(Change change, ObservedUsage? usage) =>
        Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(PlannerTests.Service()) with { Usage = usage }, change)).Plan.Cost;
}
