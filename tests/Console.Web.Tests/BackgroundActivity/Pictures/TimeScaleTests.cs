using OpsConsole.Web.BackgroundActivity.Pictures;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.Pictures;

public sealed class TimeScaleTests
{
    private static readonly TimeScale Ten = new(At(0), At(10));

    [Fact]
    public void Percent_OutsideThePicture_IsCutAtItsEdges()
    {
        Assert.Equal([0, 25, 100], new[] { -5, 2.5, 99 }.Select(second => Ten.Percent(At(second))));
        Assert.Equal("30%", Ten.Width(At(7), At(12)));
        Assert.Equal("0%", Ten.Width(At(7), At(3)));
    }

    [Fact]
    public void Around_OneInstant_IsStillAPicture()
    {
        var scale = TimeScale.Around(At(5), At(5));
        Assert.True(scale.Seconds > 0);
        Assert.InRange(scale.Percent(At(5)), 0, 10);
    }

    [Theory]
    [InlineData(0.08, 6, "0,+20 ms,+40 ms,+60 ms,+80 ms")]
    [InlineData(12, 6, "0,+2 s,+4 s,+6 s,+8 s,+10 s,+12 s")]
    [InlineData(1000, 6, "0,+5 min,+10 min,+15 min")]
    [InlineData(20_000, 4, "0,+2 h,+4 h")]
    public void OffsetTicks_OfAnyLength_AreRoundAndFew(double seconds, int about, string labels) =>
        Assert.Equal(labels, string.Join(',', new TimeScale(At(0), At(seconds)).OffsetTicks(At(0), about).Select(static tick => tick.Label)));

    [Fact]
    public void OffsetTicks_BeforeTheOrigin_AreNegative() =>
        Assert.Equal(["−5 s", "0", "+5 s"], new TimeScale(At(-6), At(6)).OffsetTicks(At(0), 3).Select(static tick => tick.Label));

    [Fact]
    public void ClockTicks_OverMidnight_NameTheDay()
    {
        var midnight = new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);
        var labels = new TimeScale(midnight.AddHours(-1), midnight.AddHours(1)).ClockTicks(4).Select(static tick => tick.Label).ToList();
        Assert.Contains("03-03", labels);
        Assert.Contains("23:30", labels);
    }
}
