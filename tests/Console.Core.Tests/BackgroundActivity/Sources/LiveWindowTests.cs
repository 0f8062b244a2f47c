using OpsConsole.Core.BackgroundActivity.Sources;
using static OpsConsole.Core.Tests.BackgroundActivity.Sources.Entries;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

public sealed class LiveWindowTests
{
    [Fact]
    public void Add_OfOverlappingReads_KeepsEachEntryOnce()
    {
        var window = new LiveWindow(long.MaxValue);

        Assert.Equal(2, window.Add([Read(Line(Nine, "a")), Read(Line(Nine, "b"))]));
        Assert.Equal(1, window.Add([Read(Line(Nine, "b")), Read(Line(Nine.AddTicks(1), "b"))]));

        Assert.Equal(3, window.Count);
    }

    [Fact]
    public void Trim_OfTheWindowsStart_KeepsRequestsThatReachIntoIt()
    {
        var window = new LiveWindow(long.MaxValue);
        window.Add(
        [
            Read(Line(Nine.AddMinutes(-2), "old line")),
            Read(Request(Nine.AddMinutes(-2), TimeSpan.FromMinutes(3), "slow request")),
            Read(Request(Nine.AddMinutes(-2), TimeSpan.FromSeconds(1), "old request")),
            Read(Line(Nine, "new line")),
        ]);

        Assert.True(window.Trim(Nine));

        Assert.Equal(2, window.Count);
        Assert.Equal(["new line", "slow request"], Ids(window, Nine, Nine.AddHours(1)));
        Assert.False(window.Trim(Nine));
    }

    [Fact]
    public void Trim_OverTheCap_DropsTheOldestAndSaysWhereItCut()
    {
        var window = new LiveWindow(10_000);
        window.Add(Enumerable.Range(0, 40).Select(i => Read(Line(Nine.AddSeconds(i), $"e{i}"))));
        Assert.True(window.Bytes > 10_000);

        window.Trim(Nine.AddHours(-24));

        Assert.True(window.Bytes <= 10_000);
        Assert.NotNull(window.CutAt);
        Assert.Equal(window.Count, window.Between(window.CutAt!.Value, Nine.AddHours(1)).Count);
        Assert.Equal(0, window.Add([Read(Line(Nine, "e0 again"))]));
    }

    [Fact]
    public void Between_HoldsBackYoungLinesButNoRequests()
    {
        var window = new LiveWindow(long.MaxValue);
        window.Add([Read(Line(Nine, "line")), Read(Line(Nine.AddSeconds(20), "young line")), Read(Request(Nine.AddSeconds(20), TimeSpan.FromSeconds(1), "request"))]);

        Assert.Equal(["line", "request"], Ids(window, Nine, Nine.AddSeconds(10)));
        Assert.True(window.HasLinesBetween(Nine.AddSeconds(10), Nine.AddSeconds(20)));
        Assert.False(window.HasLinesBetween(Nine.AddSeconds(20), Nine.AddSeconds(60)));
    }

    private static IEnumerable<string> Ids(LiveWindow window, DateTimeOffset from, DateTimeOffset until) =>
        window.Between(from, until).Select(static e => Read(System.Text.Encoding.UTF8.GetString(e.Raw.Span)).InsertId).Order(StringComparer.Ordinal);
}
