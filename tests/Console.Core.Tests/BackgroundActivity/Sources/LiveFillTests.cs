using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

public sealed class LiveFillTests
{
    private static readonly DateTimeOffset Now = Entries.Nine;

    [Fact]
    public void StretchRead_UntilTheEnd_CoversTheWindowWithoutGaps()
    {
        var fill = new LiveFill(Now, TimeSpan.FromHours(24));
        Assert.Null(fill.To);
        var edge = Now;
        for (var i = 0; i < 1000 && !fill.IsComplete; i++)
        {
            Assert.Equal(i == 0 ? null : edge, fill.To);
            edge = fill.From;
            fill.StretchRead(calls: i % 3 * 20);
            Assert.Equal(edge, fill.CoveredFrom);
        }

        Assert.True(fill.IsComplete);
        Assert.Equal(Now.AddHours(-24), fill.CoveredFrom);
        Assert.Equal(1, fill.Fraction);
    }

    [Fact]
    public void StretchRead_WhenStretchesAreDear_TakesShorterOnes()
    {
        var fill = new LiveFill(Now, TimeSpan.FromHours(24));
        fill.StretchRead(calls: 100);

        Assert.Equal(TimeSpan.FromMinutes(2.5), fill.To - fill.From);
    }

    [Fact]
    public void Fill_OfAShortWindow_IsOneStretch()
    {
        var fill = new LiveFill(Now, TimeSpan.FromMinutes(2));
        fill.StretchRead(calls: 1);

        Assert.True(fill.IsComplete);
    }
}
