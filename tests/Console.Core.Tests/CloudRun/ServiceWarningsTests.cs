using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;

namespace OpsConsole.Core.Tests.CloudRun;

public sealed class ServiceWarningsTests
{
    [Fact]
    public void Of_OrdinaryService_IsEmpty() => Assert.Empty(ServiceWarnings.Of(Build.Service(), [Build.Revision()]));

    [Fact]
    public void Of_TrafficOnOlderRevision_NamesBothRevisions()
    {
        var service = Build.Service(traffic: [Build.Pinned("checkout-00001-aaa")]);

        var warning = Assert.IsType<ServiceWarning.TrafficOnOldRevision>(Assert.Single(ServiceWarnings.Of(service)));

        Assert.Equal(["checkout-00001-aaa"], warning.Serving);
        Assert.Equal("checkout-00002-bbb", warning.Latest);
        Assert.False(warning.IsFailure);
    }

    [Fact]
    public void Of_TrafficPinnedToLatest_SaysThatTheNextRevisionGetsNone() =>
        Assert.IsType<ServiceWarning.TrafficPinned>(Assert.Single(ServiceWarnings.Of(Build.Service(traffic: [Build.Pinned("checkout-00002-bbb")]))));

    [Fact]
    public void Of_LatestRevisionFailed_GivesCloudRunsWords()
    {
        var service = Build.Service(latestCreated: "checkout-00003-ccc", terminal: Build.Failed("Revision checkout-00003-ccc is not ready."));
        var failed = Build.Revision("checkout-00003-ccc", ready: Build.Failed("The container failed to start."));

        var warning = Assert.IsType<ServiceWarning.LatestNotReady>(Assert.Single(ServiceWarnings.Of(service, [failed, Build.Revision()])));

        Assert.Equal(("checkout-00003-ccc", "checkout-00002-bbb", "The container failed to start."), (warning.Revision, warning.Serving, warning.CloudRunMessage));
        Assert.True(warning.IsFailure);
    }

    [Fact]
    public void Of_LatestRevisionFailedAndRevisionsUnknown_UsesTheServicesMessage()
    {
        var service = Build.Service(latestCreated: "checkout-00003-ccc", terminal: Build.Failed("Revision is not ready."));

        Assert.Equal("Revision is not ready.", Assert.IsType<ServiceWarning.LatestNotReady>(Assert.Single(ServiceWarnings.Of(service))).CloudRunMessage);
    }

    [Fact]
    public void Of_LatestRevisionStillDeploying_IsNoFailure()
    {
        var service = Build.Service(latestCreated: "checkout-00003-ccc", terminal: new Condition { Type = "Ready", State = ConditionState.Reconciling });

        Assert.Empty(ServiceWarnings.Of(service));
    }

    [Fact]
    public void Of_FailureThatIsNoRevisions_IsSaid() =>
        Assert.Equal("Domain mapping", Assert.IsType<ServiceWarning.NotReady>(Assert.Single(ServiceWarnings.Of(Build.Service(terminal: Build.Failed("Domain mapping"))))).CloudRunMessage);

    [Fact]
    public void Of_ManualCountZero_SaysThatCallersGet503()
    {
        var service = Build.Service(scaling: new ServiceScaling { ScalingMode = ScalingMode.Manual, ManualInstanceCount = 0 });

        Assert.Contains("503", Assert.IsType<ServiceWarning.SwitchedOff>(Assert.Single(ServiceWarnings.Of(service))).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canary", 0, 1)]
    [InlineData("", 0, 0)]
    [InlineData("canary", 10, 0)]
    public void Of_RevisionMinimum_CostsOnlyWithTagAndWithoutTraffic(string tag, int percent, int warnings)
    {
        var service = Build.Service(traffic:
        [
            new TrafficTarget { Type = TrafficTargetAllocationType.Latest, Percent = 100 - percent },
            Build.Pinned("checkout-00001-aaa", percent, tag),
        ]);
        var old = Build.Revision("checkout-00001-aaa", scaling: new RevisionScaling { MinInstanceCount = 2 });

        var found = ServiceWarnings.Of(service, [Build.Revision(), old]).OfType<ServiceWarning.IdleMinimum>().ToList();

        Assert.Equal(warnings, found.Count);
        Assert.All(found, w => Assert.Equal(("checkout-00001-aaa", 2), (w.Revision, w.Minimum)));
    }

    [Fact]
    public void Of_SeveralWarnings_FailuresComeFirst()
    {
        var service = Build.Service(
            traffic: [Build.Pinned("checkout-00001-aaa")],
            scaling: new ServiceScaling { ScalingMode = ScalingMode.Manual, ManualInstanceCount = 0 });

        Assert.Equal([true, false], ServiceWarnings.Of(service).Select(static w => w.IsFailure));
    }

    [Fact]
    public void TagsOf_LatestTarget_BelongsToTheLatestReadyRevision()
    {
        var service = Build.Service(traffic: [new TrafficTarget { Type = TrafficTargetAllocationType.Latest, Percent = 100, Tag = "green" }]);

        Assert.Equal(["green"], ServiceWarnings.TagsOf(service, "checkout-00002-bbb"));
        Assert.Empty(ServiceWarnings.TagsOf(service, "checkout-00001-aaa"));
    }
}
