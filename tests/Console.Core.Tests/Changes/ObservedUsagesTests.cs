using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.Changes;

namespace OpsConsole.Core.Tests.Changes;

public sealed class ObservedUsagesTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly ResourceName Checkout = ResourceName.Service("acme-prod", "europe-west1", "checkout");

    [Fact]
    public void Of_TwoRevisionsAndAnotherService_AddsUpTheServiceAlone()
    {
        // One instance of each revision: an hour with 6 min busy, and half an hour with overlapping requests, 3 min busy.
        var world = new ReceiptWorld()
            .Request("checkout-1", "a", From, 180_000).Request("checkout-1", "a", From.AddMinutes(57), 180_000)
            .Request("checkout-2", "b", From, 120_000).Request("checkout-2", "b", From.AddMinutes(1), 60_000).Request("checkout-2", "b", From.AddMinutes(29), 60_000);
        var other = new ReceiptWorld(service: "shop").Requests("shop-1", "c", From, TimeSpan.FromHours(1), 50);

        var usage = Of(world, other, TimeSpan.FromHours(1))!;

        Assert.Equal((360 + 180, 3600 + 1800, 5), (usage.BusySeconds, usage.InstanceSeconds, usage.Requests));
        Assert.Equal("the logs of 1 h up to now", usage.Source);
    }

    [Fact]
    public void Of_AFewMinutes_SaysNothingAboutAMonth() =>
        Assert.Null(Of(new ReceiptWorld().Request("checkout-1", "a", From), new ReceiptWorld(), TimeSpan.FromMinutes(20)));

    [Fact]
    public void Plan_WithObservedUsage_HasAMonthAndSaysWhatItRestsOn()
    {
        var usage = Of(new ReceiptWorld().Requests("checkout-1", "a", From, TimeSpan.FromHours(1), 600, milliseconds: 100), new ReceiptWorld(), TimeSpan.FromHours(1));
        var input = PlannerTests.Input(PlannerTests.Service()) with { Usage = usage };

        var cost = Assert.IsType<Planning.Ready>(Planner.Plan(input, new SetCpuAllocation(true))).Plan.Cost;

        Assert.Equal(CostDirection.Up, cost.Direction);
        Assert.Contains("if a month is like the logs of 1 h up to now", cost.Sentence, StringComparison.Ordinal);
        Assert.Contains("what they stay idle beyond that is not in it", cost.Sentence, StringComparison.Ordinal);
    }

    private static ObservedUsage? Of(ReceiptWorld world, ReceiptWorld other, TimeSpan length)
    {
        var builder = new LogTableBuilder();
        foreach (var entry in world.Raw.Concat(other.Raw))
        {
            builder.Add(entry);
        }

        using var table = builder.Build();
        var analysis = Correlator.Analyse(table, new CorrelatorOptions { Threads = 1 }, CancellationToken.None);
        return ObservedUsages.Of(analysis, Checkout, From, From + length);
    }
}
