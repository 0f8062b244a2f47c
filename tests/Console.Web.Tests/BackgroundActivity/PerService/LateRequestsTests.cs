using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Web.BackgroundActivity.PerService;
using OpsConsole.Web.Controls;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.PerService;

public sealed class LateRequestsTests
{
    private static readonly ServiceWorkState All = new() { Project = "acme-prod", Location = "europe-west1", Service = "checkout" };

    [Fact]
    public void Of_LateWork_SaysHowLongItRanOnAndItsLastLine()
    {
        var row = Assert.Single(LateRequests.Of(Analyse(LateOrder()), All, static _ => true).Rows);

        Assert.Equal(("POST", "/orders?id=1", 200, 1, "audit commit 17"), (row.Method, row.Path, row.Status, row.Lines, row.LastLine));
        Assert.InRange(row.TailSeconds, 3.4, 3.5);
        Assert.InRange(row.ResponseSeconds, 0.5, 0.51);
        Assert.Equal(At(10), row.Start);
    }

    [Theory]
    [InlineData(null, "", "30,20,10")]
    [InlineData(2.5, "", "30")]
    [InlineData(null, "path:/b", "20")]
    [InlineData(null, "tail:<1.6", "10")]
    [InlineData(null, "nowhere", "")]
    public void Of_SeveralRequests_FiltersByTailAndText(double? late, string filter, string starts)
    {
        var rows = LateRequests.Of(Analyse(Three()), All with { Late = late, Filter = filter }, static _ => true).Rows;
        Assert.Equal(starts, string.Join(',', rows.Select(static row => (row.Start - LogWorld.Epoch).TotalSeconds)));
    }

    [Theory]
    [InlineData("time", "10,20,30")]
    [InlineData("-time", "30,20,10")]
    [InlineData("tail", "10,20,30")]
    public void Of_SeveralRequests_SortsByAColumn(string sort, string starts)
    {
        var state = All with { Sort = TableSort.Parse(sort, ServiceWorkState.DefaultSort, LateRequests.SortKeys) };
        Assert.Equal(starts, string.Join(',', LateRequests.Of(Analyse(Three()), state, static _ => true).Rows.Select(static row => (row.Start - LogWorld.Epoch).TotalSeconds)));
    }

    [Fact]
    public void Of_AWindowOrAnotherRevision_CountsOnlyWhatIsIncluded()
    {
        var analysis = Analyse(Three());
        Assert.Equal(1, LateRequests.Of(analysis, All with { From = At(15), To = At(25) }, static _ => true).Total);
        Assert.Equal(0, LateRequests.Of(analysis, All, static key => key.Service == "another").Total);
    }

    private static LogWorld Three()
    {
        var world = new LogWorld();
        foreach (var (i, route) in new[] { (1, "GET /a"), (2, "GET /b"), (3, "GET /c") })
        {
            world.Request("i" + i, i * 10, 0.1, LogWorld.Trace(i), route: route);
            world.Line("i" + i, (i * 10) + i + 0.5, $"late {i}", LogWorld.Trace(i));
        }

        return world;
    }
}
