using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Changes;
using OpsConsole.Testing.CloudRun;

namespace OpsConsole.Core.Tests.Changes.Receipts;

public sealed class ReceiptMeasureTests
{
    private const string Old = "checkout-00001-aaa";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private static readonly ResourceName Checkout = ResourceName.Service("acme-prod", "europe-west1", "checkout");
    private static readonly DateTimeOffset From = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddMinutes(10);

    [Fact]
    public void Total_Requests_CountsStatusesAndLatencyOfThoseThatBeganInTheWindow()
    {
        var world = new ReceiptWorld()
            .Requests(Old, "a", From, TimeSpan.FromMinutes(9), 18, milliseconds: 100)
            .Request(Old, "a", From.AddMinutes(9.2), 1000, 503)
            .Request(Old, null, From.AddMinutes(9.3), 0, 429)
            .Request(Old, "a", From.AddSeconds(-1), 100, 500)
            .Request(Old, "a", To, 100, 500);

        var numbers = Measure(world, Build.Revision(Old)).Total(null);

        Assert.Equal((20, 1, 1), (numbers.Requests, numbers.Errors, numbers.TooMany));
        Assert.Equal((100, 1000), (numbers.P50Milliseconds, numbers.P95Milliseconds));
    }

    [Fact]
    public void Total_RequestsThatWaitForAStart_AreVictims()
    {
        var world = new ReceiptWorld()
            .Start(Old, "a", From.AddMinutes(1), seconds: 4)
            .Request(Old, "a", From.AddMinutes(1), 4200)
            .Request(Old, "a", From.AddMinutes(1).AddSeconds(3.9), 300)
            .Request(Old, "a", From.AddMinutes(1).AddSeconds(4.1), 100);

        var numbers = Measure(world, Build.Revision(Old)).Total(null);

        Assert.Equal((1, 2), (numbers.ColdStarts, numbers.ColdStartVictims));
    }

    [Theory]
    [InlineData(BillingMode.RequestBased, 1)]
    [InlineData(BillingMode.InstanceBased, 0)]
    public void Total_LinesAfterTheResponse_AreAtRiskWithCpuOnlyDuringRequests(BillingMode billing, int atRisk)
    {
        var world = new ReceiptWorld()
            .Request(Old, "a", From.AddMinutes(1), 100, trace: Trace)
            .Line(Old, "a", From.AddMinutes(1).AddSeconds(0.05), Trace)
            .Line(Old, "a", From.AddMinutes(1).AddSeconds(3), Trace);

        var numbers = Measure(world, Build.Revision(Old, billing: billing)).Total(null);

        Assert.Equal((1, atRisk), (numbers.Background, numbers.AtRisk));
    }

    [Fact]
    public void Total_TwoRevisionsAndAnotherService_CountsTheServiceAlone()
    {
        var world = new ReceiptWorld().Request(Old, "a", From.AddMinutes(1)).Request("checkout-00002-bbb", "b", From.AddMinutes(2));
        var other = new ReceiptWorld(service: "shop").Request("shop-00001-aaa", "c", From.AddMinutes(1));

        var measure = ReceiptMeasure.Of(Checkout, world.Raw.Concat(other.Raw), From, To, [Build.Revision(Old)], CancellationToken.None);

        Assert.Equal((2, 1, 1), (measure.Total(null).Requests, measure.NumbersOf(Old).Requests, measure.NumbersOf("checkout-00002-bbb").Requests));
    }

    [Fact]
    public void Total_CostOfRequestBasedAndInstanceBased_FollowsBusyAndLifeTime()
    {
        // One instance, seen for 600 s less a bit, busy for 60 s.
        var world = new ReceiptWorld().Request(Old, "a", From, 30_000).Request(Old, "a", To.AddSeconds(-30), 30_000);

        var byRequest = Measure(world, Build.Revision(Old)).Total(new(1, 0.5m, CpuAlways: false, Kept: 0, Manual: false));
        var byInstance = Measure(world, Build.Revision(Old, billing: BillingMode.InstanceBased)).Total(new(1, 0.5m, CpuAlways: true, Kept: 0, Manual: false));

        Assert.Equal((60, 600), (byRequest.BusySeconds, byRequest.InstanceSeconds));

        // Per hour: 360 busy seconds of 1 vCPU and 0.5 GiB, and 12 requests; 3600 seconds.
        Assert.Equal((360 * (0.000024 + (0.5 * 0.0000025))) + (12 * 0.4 / 1e6), byRequest.DollarsAnHour!.Value, 1e-5);
        Assert.Equal(3600 * (0.000018 + (0.5 * 0.000002)), byInstance.DollarsAnHour!.Value, 1e-5);
    }

    [Fact]
    public void Total_KeptInstances_CostWhileIdle()
    {
        var world = new ReceiptWorld().Request(Old, "a", From, 30_000).Request(Old, "a", To.AddSeconds(-30), 30_000);

        var measure = Measure(world, Build.Revision(Old));
        var more = measure.Total(new(1, 0.5m, CpuAlways: false, Kept: 2, Manual: false)).DollarsAnHour - measure.Total(new(1, 0.5m, CpuAlways: false, Kept: 0, Manual: false)).DollarsAnHour;

        // Two kept for an hour, less the 360 busy seconds.
        Assert.Equal((7200 - 360) * (0.0000025 + (0.5 * 0.0000025)), more!.Value, 1e-5);
    }

    [Fact]
    public void Total_SettingsNotKnown_HasNoPrice() =>
        Assert.Null(ReceiptMeasure.Of(Checkout, new ReceiptWorld().Request(Old, "a", From).Raw, From, To, [], CancellationToken.None).Total(null).DollarsAnHour);

    private static ReceiptMeasure Measure(ReceiptWorld world, params Revision[] revisions) =>
        ReceiptMeasure.Of(Checkout, world.Raw, From, To, revisions, CancellationToken.None);
}
