using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>The connection budget of a service: stored as events, used by the next plan.</summary>
public sealed class ConnectionBudgetTests
{
    private static readonly Core.CloudRun.ResourceName Checkout = ChangeBench.Service("checkout");

    [Fact]
    public async Task Set_ABudget_IsAnEventAndTheNextPlanWarnsAndOffersTheLargestSafeMaximum()
    {
        await using var bench = await ChangeBench.StartAsync();

        var (known, refused) = await bench.Connections.SetAsync(ChangeBench.Sam, Checkout, new ConnectionBudget(10, 100), CancellationToken.None);

        Assert.Null(refused);
        Assert.Equal("Sam", known!.SetBy);
        Assert.Equal((AuditActions.ConnectionsSet, Checkout.Value), (bench.Trail.Events[0].Action, bench.Trail.Events[0].Resource!.Id));
        await using var other = bench.Another();
        var plan = await other.PlanAsync(Checkout, new SetInstanceLimits(null, 20));
        var warning = Assert.Single(plan.Warnings, static w => w.Message.Contains("connections", StringComparison.Ordinal));
        Assert.Contains("22 × 10 = 220", warning.Message, StringComparison.Ordinal);
        var better = await other.PlanAsync(Checkout, warning.Instead!);
        Assert.DoesNotContain(better.Warnings, static w => w.Message.Contains("connections", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Set_NotAllowedOutOfRangeOrUnchanged_RecordsNothing()
    {
        await using var bench = await ChangeBench.StartAsync();

        Assert.Contains("may not set", (await bench.Connections.SetAsync(ChangeBench.Vera, Checkout, new ConnectionBudget(10, 100), CancellationToken.None)).Refused, StringComparison.Ordinal);
        Assert.NotNull((await bench.Connections.SetAsync(ChangeBench.Sam, Checkout, new ConnectionBudget(0, 100), CancellationToken.None)).Refused);
        Assert.NotNull((await bench.Connections.SetAsync(ChangeBench.Sam, Checkout, new ConnectionBudget(10, -1), CancellationToken.None)).Refused);
        Assert.Null((await bench.Connections.SetAsync(ChangeBench.Sam, Checkout, null, CancellationToken.None)).Refused);
        Assert.Empty(bench.Trail.Events);
    }

    [Fact]
    public async Task Set_Cleared_WarnsNoMore()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.Connections.SetAsync(ChangeBench.Sam, Checkout, new ConnectionBudget(10, 100), CancellationToken.None);
        await bench.Connections.SetAsync(ChangeBench.Kim, Checkout, null, CancellationToken.None);

        var known = await bench.Connections.FindAsync(Checkout, CancellationToken.None);

        Assert.Equal((null, "Kim"), (known.Budget, known.SetBy));
        Assert.DoesNotContain((await bench.PlanAsync(Checkout, new SetInstanceLimits(null, 20))).Warnings, static w => w.Message.Contains("connections", StringComparison.Ordinal));
    }
}
