using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.BackgroundActivity.Pictures;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.Pictures;

public sealed class CpuGapsTests
{
    [Fact]
    public void Of_RequestBasedBilling_IsWhereNoRequestRanAfterTheResponse()
    {
        var view = View(BillingMode.RequestBased);

        // The response at 10.5018 (write time), the other requests from 12 to 15.
        var gap = Assert.Single(CpuGaps.Of(view));
        Assert.Equal(view.Request.End, gap.From);
        Assert.Equal(At(12), gap.To);
        Assert.Equal([(At(12), At(14))], AfterStretches.Of(view));
    }

    [Fact]
    public void Of_InstanceBasedBilling_IsNothing()
    {
        var view = View(BillingMode.InstanceBased);

        Assert.Empty(CpuGaps.Of(view));
        Assert.Equal([(view.Request.End, At(14))], AfterStretches.Of(view));
    }

    [Fact]
    public void Of_UnknownBilling_IsOnlyWhatWasSeenToStandStill()
    {
        var view = View(billing: null);
        Assert.Equal(view.Freezes.Select(static freeze => (freeze.From, freeze.To)), CpuGaps.Of(view));
    }

    [Fact]
    public void Of_WhenNotAllOthersAreKnown_IsOnlyWhatWasSeenToStandStill()
    {
        var view = View(BillingMode.RequestBased) with { OtherCount = 5000, Freezes = [] };
        Assert.Empty(CpuGaps.Of(view));
    }

    [Fact]
    public void AfterStretches_OfARequestThatWentNotOn_AreNone()
    {
        var view = View(BillingMode.RequestBased);
        Assert.Empty(AfterStretches.Of(view with { Entries = [.. view.Entries.Where(static line => line.Class == EntryClass.InRequest)] }));
    }

    private static RequestView View(BillingMode? billing) => RequestView.Of(Analyse(LateOrder(), billing), 0);
}
