using OpsConsole.Core.Access;
using OpsConsole.Testing;

namespace OpsConsole.Core.Tests.Access;

public sealed class ActLimitsTests
{
    private static readonly Actor Clara = new("clara@acme.example", "Clara", [Role.Compliance]);
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void WhyNot_MoreThanTheLimit_SaysWhenAndLetsThatPassAfterwards()
    {
        var limits = new ActLimits(new ActLimitOptions(SearchesPerMinute: 6, VerificationsPerHour: 2, ExportsPerHour: 2), _time);
        Assert.All(Enumerable.Range(0, 6), _ => Assert.Null(limits.WhyNot(Clara, LimitedAct.Search)));

        Assert.Equal("That is more than one person may do here: 6 searches a minute. Try again in 10 s.", limits.WhyNot(Clara, LimitedAct.Search));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(limits.WhyNot(Clara, LimitedAct.Search));
        Assert.NotNull(limits.WhyNot(Clara, LimitedAct.Search));
    }

    [Fact]
    public void WhyNot_OtherPeopleAndOtherActs_HaveTheirOwn()
    {
        var limits = new ActLimits(new ActLimitOptions(SearchesPerMinute: 1, VerificationsPerHour: 1, ExportsPerHour: 1), _time);
        Assert.Null(limits.WhyNot(Clara, LimitedAct.Search));
        Assert.NotNull(limits.WhyNot(Clara, LimitedAct.Search));

        Assert.Null(limits.WhyNot(Clara with { Id = "omar@acme.example" }, LimitedAct.Search));
        Assert.Null(limits.WhyNot(Clara, LimitedAct.Verify));
        Assert.Null(limits.WhyNot(Clara, LimitedAct.Export));
        Assert.Contains("60 minutes", limits.WhyNot(Clara, LimitedAct.Export), StringComparison.Ordinal);
    }
}
