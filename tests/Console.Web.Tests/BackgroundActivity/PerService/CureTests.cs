using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Web.BackgroundActivity.PerService;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.PerService;

public sealed class CureTests
{
    [Theory]
    [InlineData(FindingKind.AfterResponse, 0.2, "before the response")]
    [InlineData(FindingKind.AfterResponse, 600.0, "task queue")]
    [InlineData(FindingKind.Periodic, null, "Cloud Scheduler")]
    [InlineData(FindingKind.HeldOpen, 1.0, "Remove the sleep")]
    [InlineData(FindingKind.IdleInstance, null, "job or a task queue")]
    public void For_AFinding_NamesTheBetterCureAndTheSetting(FindingKind kind, double? half, string words)
    {
        var cure = Cure.For(Finding(kind, half), new RevisionSettings(BillingMode.RequestBased, 80));
        Assert.Contains(words, cure.Heading, StringComparison.Ordinal);
        Assert.True(cure.SettingHelps);
    }

    [Fact]
    public void For_ARevisionThatHasCpu_DoesNotOfferTheSetting() =>
        Assert.False(Cure.For(Finding(FindingKind.AfterResponse, 5), new RevisionSettings(BillingMode.InstanceBased, 80)).SettingHelps);

    [Theory]
    [InlineData(BillingMode.RequestBased, "1 line ran after the response of 1 request; this revision has CPU only during requests.")]
    [InlineData(BillingMode.InstanceBased, "1 line ran after the response of 1 request; this revision has CPU all the time.")]
    [InlineData(null, "1 line ran after the response of 1 request; whether this revision has CPU then is not known.")]
    public void ServiceSentence_OfLateWork_SaysWhatRanAndWhetherItHadCpu(BillingMode? billing, string sentence) =>
        Assert.Equal(sentence, ServiceSentence.Of(Summary(LateOrder(), billing), ""));

    [Fact]
    public void ServiceSentence_OfAQuietService_CountsWhatWasLookedAt()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.1, LogWorld.Trace(1));
        world.Line("i1", 1.05, "within", LogWorld.Trace(1));
        Assert.Equal("Nothing was logged after the response of 1 request, and nothing while no request ran.", ServiceSentence.Of(Summary(world, BillingMode.RequestBased), ""));
    }

    [Fact]
    public void ServiceSentence_OfAnUnknownRevision_SaysSo() =>
        Assert.Equal("These logs do not have this revision.", ServiceSentence.Of(Summary(LateOrder(), null), "checkout-00099-zzz"));

    private static ServiceSummary Summary(LogWorld world, BillingMode? billing) =>
        ServiceSummary.Of(Analyse(world, billing), "acme-prod", "europe-west1", "checkout")!;

    private static Finding Finding(FindingKind kind, double? half) =>
        new() { Revision = Checkout7, Kind = kind, Template = "audit commit <*>", Id = "f1", P50TailSeconds = half };
}
