using OpsConsole.Core.Changes.InEffect;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;

namespace OpsConsole.Core.Tests.Changes.InEffect;

public sealed class InEffectCheckTests
{
    private const string Old = "checkout-00001-aaa";
    private const string New = "checkout-00002-bbb";

    [Fact]
    public void Of_TemplateServesEverything_NothingToSay() =>
        Assert.Empty(InEffectCheck.Of(Asking(BillingMode.InstanceBased), [Made(New, BillingMode.InstanceBased), Made(Old)]));

    [Fact]
    public void Of_PinnedToAnOldRevision_NamesTheSettingAndRoutesToLatest()
    {
        var service = Asking(BillingMode.InstanceBased, [Build.Pinned(Old)]);

        var gap = Assert.Single(InEffectCheck.Of(service, [Made(New, BillingMode.InstanceBased), Made(Old)]));

        Assert.Contains("CPU", gap.Setting, StringComparison.Ordinal);
        Assert.Contains(Old, gap.Serving, StringComparison.Ordinal);
        Assert.IsType<Cause.TrafficPinned>(gap.Cause);
        Assert.IsType<RouteToLatest>(gap.Cause.Cure);
    }

    [Fact]
    public void Of_LatestHasAPart_SaysHowMuch()
    {
        var service = Asking(BillingMode.InstanceBased, [Build.Pinned(Old, 75), Build.Pinned(New, 25)]);

        var gap = Assert.Single(InEffectCheck.Of(service, [Made(New, BillingMode.InstanceBased), Made(Old)]));

        Assert.Equal(new Cause.TrafficSplit(25), gap.Cause);
    }

    [Fact]
    public void Of_NewRevisionFailed_GivesCloudRunsWordsAndNoCure()
    {
        var service = Asking(BillingMode.InstanceBased) with
        {
            LatestReadyRevision = Old,
            TerminalCondition = Build.Failed("The container failed to start."),
        };

        var gap = Assert.Single(InEffectCheck.Of(service, [Made(New, BillingMode.InstanceBased, Build.Failed("The container failed to start.")), Made(Old)]));

        Assert.Equal(new Cause.LatestFailed(New, "The container failed to start."), gap.Cause);
        Assert.Null(gap.Cause.Cure);
        Assert.NotEmpty(gap.Cause.Otherwise);
    }

    [Fact]
    public void Of_PreviewSetting_NamesTheLaunchStage()
    {
        var refused = Build.Failed("The feature is not supported in the declared launch stage.");
        var service = Asking(BillingMode.InstanceBased) with { LatestReadyRevision = Old, TerminalCondition = refused };

        Assert.IsType<Cause.LaunchStage>(Assert.Single(InEffectCheck.Of(service, [Made(New, BillingMode.InstanceBased, refused), Made(Old)])).Cause);
    }

    [Fact]
    public void Of_Deploying_SaysWait()
    {
        var service = Asking(BillingMode.InstanceBased) with { LatestReadyRevision = Old, Reconciling = true };

        Assert.IsType<Cause.UnderWay>(Assert.Single(InEffectCheck.Of(service, [Made(Old)])).Cause);
    }

    [Fact]
    public void Of_TrafficNamesAFailedRevision_SaysWhich()
    {
        var service = Asking(BillingMode.RequestBased, [Build.Pinned(New)]) with
        {
            TrafficStatuses = [Build.Pinned(Old)],
            LatestReadyRevision = Old,
        };

        var gaps = InEffectCheck.Of(service, [Made(New, ready: Build.Failed("x")), Made(Old)]);

        Assert.Contains(gaps, static g => g.Setting == "Traffic" && g.Cause is Cause.FailedTarget { Revision: New });
    }

    [Fact]
    public void Of_ServiceMaximumBelowRevisionMinimum_RaisesTheMaximum()
    {
        var service = Asking(BillingMode.RequestBased) with { Scaling = new ServiceScaling { MaxInstanceCount = 2 } };

        var gap = Assert.Single(InEffectCheck.Of(service, [Made(New, minimum: 5)]));

        Assert.Equal(new SetInstanceLimits(null, 5), gap.Cause.Cure);
    }

    [Fact]
    public void Of_TaggedRevisionKeepsInstances_RemovesTheTag()
    {
        var service = Asking(BillingMode.RequestBased, [new TrafficTarget { Type = TrafficTargetAllocationType.Latest, Percent = 100 }, Build.Pinned(Old, 0, "canary")]);

        Assert.Contains(InEffectCheck.Of(service, [Made(New), Made(Old, minimum: 3)]), static g => g.Cause.Cure is RemoveTag { Tag: "canary" });
    }

    [Fact]
    public void Of_ScaledByHand_SaysThatLimitsDoNotCount()
    {
        var service = Asking(BillingMode.RequestBased) with
        {
            Scaling = new ServiceScaling { ScalingMode = ScalingMode.Manual, ManualInstanceCount = 4, MinInstanceCount = 1 },
        };

        Assert.IsType<ScaleAutomatically>(Assert.Single(InEffectCheck.Of(service, [Made(New)])).Cause.Cure);
    }

    // Asks for what a revision with this billing has, so that only what a test names differs.
    private static Service Asking(BillingMode billing, IReadOnlyList<TrafficTarget>? traffic = null) =>
        Build.Service(billing: billing, traffic: traffic) with { RawJson = $$"""{"template":{{Made(New, billing).RawJson}}}""" };

    private static Revision Made(string name, BillingMode billing = BillingMode.RequestBased, Condition? ready = null, int minimum = 0) =>
        Build.Revision(name, billing: billing, ready: ready, scaling: new RevisionScaling { MinInstanceCount = minimum, MaxInstanceCount = 100 });
}
