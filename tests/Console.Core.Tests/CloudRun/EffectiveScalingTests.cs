using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Tests.CloudRun;

public sealed class EffectiveScalingTests
{
    [Fact]
    public void Of_NothingSet_IsZeroToTheServersDefault()
    {
        var effective = EffectiveScaling.Of(Make(new ServiceScaling(), ("a", 100)), "a", new RevisionScaling());

        Assert.Equal((0, 100, 100), (effective.Minimum, effective.Maximum, effective.Percent));
    }

    [Fact]
    public void Of_BothMaxima_TakesTheSmallerAndSaysSo()
    {
        var effective = EffectiveScaling.Of(
            Make(new ServiceScaling { MaxInstanceCount = 10 }, ("a", 100)), "a", new RevisionScaling { MaxInstanceCount = 20 });

        Assert.Equal(10, effective.Maximum);
        Assert.Equal("Maximum: the smaller of the service's 10 and the revision's 20 is 10.", effective.Steps[0]);
    }

    [Fact]
    public void Of_ServiceMinimumAndSplitTraffic_SharesByPercentAndTheFirstGetsTheRest()
    {
        // 5 at 50/50 is 2.5 each: 2 each, and the one left goes to the first revision listed.
        var service = Make(new ServiceScaling { MinInstanceCount = 5 }, ("a", 50), ("b", 50));

        Assert.Equal(3, EffectiveScaling.Of(service, "a", new RevisionScaling()).Minimum);
        Assert.Equal(2, EffectiveScaling.Of(service, "b", new RevisionScaling()).Minimum);
        Assert.Equal(0, EffectiveScaling.Of(service, "c", new RevisionScaling()).Minimum);
    }

    [Fact]
    public void Of_RevisionMinimumAboveTheShare_TakesTheLarger()
    {
        var service = Make(new ServiceScaling { MinInstanceCount = 2 }, ("a", 50), ("b", 50));

        Assert.Equal(4, EffectiveScaling.Of(service, "b", new RevisionScaling { MinInstanceCount = 4 }).Minimum);
    }

    [Fact]
    public void Of_MinimumAboveMaximum_IsCappedAndSaysSo()
    {
        var effective = EffectiveScaling.Of(
            Make(new ServiceScaling { MaxInstanceCount = 2 }, ("a", 100)), "a", new RevisionScaling { MinInstanceCount = 5, MaxInstanceCount = 20 });

        Assert.Equal((2, 2), (effective.Minimum, effective.Maximum));
        Assert.Contains("The maximum caps the minimum: 2 instead of 5.", effective.Steps);
    }

    [Fact]
    public void Of_OwnMinimumWithoutTraffic_CountsWhileATagPointsToIt()
    {
        var bare = Make(new ServiceScaling(), ("a", 100));
        var tagged = bare with
        {
            TrafficStatuses = [.. bare.TrafficStatuses, new TrafficTarget { Type = TrafficTargetAllocationType.Revision, Revision = "b", Tag = "canary" }],
        };
        var own = new RevisionScaling { MinInstanceCount = 3 };

        Assert.Equal(0, EffectiveScaling.Of(bare, "b", own).Minimum);
        var effective = EffectiveScaling.Of(tagged, "b", own);
        Assert.Equal(3, effective.Minimum);
        Assert.Contains("The revision has no traffic; its own minimum of 3 is kept, and costs, because the tag canary points to it.", effective.Steps);
    }

    [Fact]
    public void Of_ManualScaling_IsExactlyTheCount()
    {
        var effective = EffectiveScaling.Of(
            Make(new ServiceScaling { ScalingMode = ScalingMode.Manual, ManualInstanceCount = 4, MinInstanceCount = 1 }, ("a", 100)), "a", new RevisionScaling { MaxInstanceCount = 2 });

        Assert.Equal((4, 4), (effective.Minimum, effective.Maximum));
    }

    [Fact]
    public void Of_ManualScalingWithZero_SaysThatTheServiceIsOff()
    {
        var effective = EffectiveScaling.Of(
            Make(new ServiceScaling { ScalingMode = ScalingMode.Manual, ManualInstanceCount = 0 }, ("a", 100)), "a", new RevisionScaling());

        Assert.Contains("switched off", Assert.Single(effective.Steps), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LatestTarget_CountsForTheLatestReadyRevision()
    {
        var service = Make(new ServiceScaling { MinInstanceCount = 3 }) with
        {
            LatestReadyRevision = "a",
            TrafficStatuses = [new TrafficTarget { Type = TrafficTargetAllocationType.Latest, Percent = 100 }],
        };

        Assert.Equal(3, EffectiveScaling.Of(service, "a", new RevisionScaling()).Minimum);
    }

    [Fact]
    public void Of_AnySplit_SharesAddUpToTheServiceMinimum() =>
        Prop.ForAll(
            Gen.Choose(0, 1000).Zip(Gen.Choose(1, 99)).ToArbitrary(),
            static pair =>
            {
                var (minimum, percent) = pair;
                var service = Make(new ServiceScaling { MinInstanceCount = minimum }, ("a", percent), ("b", 100 - percent));
                var limits = new RevisionScaling { MaxInstanceCount = 1000 };
                return EffectiveScaling.Of(service, "a", limits).Minimum + EffectiveScaling.Of(service, "b", limits).Minimum == minimum;
            })
            .QuickCheckThrowOnFailure();

    private static Service Make(ServiceScaling scaling, params (string Revision, int Percent)[] traffic) => new()
    {
        Name = ResourceName.Service("acme", "europe-west1", "s"),
        Template = new RevisionTemplate(),
        Scaling = scaling,
        TrafficStatuses =
        [
            .. traffic.Select(static t => new TrafficTarget { Type = TrafficTargetAllocationType.Revision, Revision = t.Revision, Percent = t.Percent }),
        ],
        RawJson = "{}",
    };
}
