using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.BackgroundActivity.Pictures;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.Pictures;

public sealed class LineThinningTests
{
    [Fact]
    public void For_ThousandsOfLines_DrawsFewAndTheMostSevere()
    {
        var lines = Enumerable.Range(0, 20_000).Select(i => Line(i, i / 1000.0, i == 7 ? "ERROR" : "INFO")).ToList();

        var drawn = LineThinning.For(lines, new TimeScale(At(0), At(20)));

        Assert.True(drawn.Count <= 501, $"{drawn.Count} marks");
        Assert.Equal(20_000, drawn.Sum(static mark => mark.Count));
        Assert.Equal(("ERROR", true), (drawn[0].Line.Severity, drawn[0].Title("x").EndsWith("more here)", StringComparison.Ordinal)));
    }

    [Fact]
    public void For_LinesOutsideThePicture_LeavesThemOut() =>
        Assert.Equal([5], LineThinning.For([Line(1, 1, "INFO"), Line(5, 5, "INFO")], new TimeScale(At(4), At(6))).Select(static mark => mark.Line.Line));

    [Fact]
    public void For_ACertainAndAProbableLineAtOnePlace_KeepsBoth() =>
        Assert.Equal(2, LineThinning.For([Line(1, 5, "INFO"), Line(2, 5, "INFO") with { Probable = true }], new TimeScale(At(4), At(6))).Count);

    private static EntryMark Line(int number, double at, string severity) => new()
    {
        Line = number,
        InsertId = "x",
        At = At(at),
        Class = EntryClass.AfterResponse,
        Basis = Basis.Trace,
        Severity = severity,
    };
}
