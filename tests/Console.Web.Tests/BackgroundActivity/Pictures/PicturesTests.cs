using Bunit;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Web.BackgroundActivity.PerService;
using OpsConsole.Web.BackgroundActivity.Pictures;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.Pictures;

public sealed class PicturesTests : BunitContext
{
    [Fact]
    public void RequestWaterfall_OfLateWork_DrawsTheResponseTheRuleTheHatchAndTheOtherRequests()
    {
        var view = RequestView.Of(Analyse(LateOrder()), 0);

        var picture = Render<RequestWaterfall>(parameters => parameters
            .Add(p => p.View, view)
            .Add(p => p.Scale, TimeScale.Around(view.From, view.To))
            .Add(p => p.Caption, view.Sentence)
            .Add(p => p.LinkOf, static other => "/other/" + other.Request));

        Assert.Single(picture.FindAll("rect.response"));
        Assert.Single(picture.FindAll(".row.this line.sent"));
        Assert.Single(picture.FindAll("rect.after"));
        Assert.StartsWith("url(#", picture.Find("rect.after").GetAttribute("fill"), StringComparison.Ordinal);
        Assert.Single(picture.FindAll("line.frozen"));
        Assert.Single(picture.FindAll(".mark.late"));
        Assert.Equal(["GET /slow", "GET /fast"], picture.FindAll(".row.other a").Select(static a => a.TextContent));
        Assert.Equal(view.Sentence, picture.Find("figcaption").TextContent);
        Assert.All(picture.FindAll("svg[width='100%']"), static svg => Assert.Equal("true", svg.ParentElement!.GetAttribute("aria-hidden") ?? svg.GetAttribute("aria-hidden")));
        Assert.Equal(2, picture.FindAll("[text-anchor]").Count(static text => text.TextContent is "response sent" || text.ClassName == "frozen-label"));
    }

    [Fact]
    public void RequestWaterfall_OfALineThatLooksLikeHtml_NeverRendersIt()
    {
        var view = RequestView.Of(Analyse(LateOrder("<img src=x onerror=alert(1)>\u001b[31m")), 0);

        var picture = Render<RequestWaterfall>(parameters => parameters
            .Add(p => p.View, view).Add(p => p.Scale, TimeScale.Around(view.From, view.To)).Add(p => p.Caption, ""));

        Assert.Empty(picture.FindAll("img"));
        Assert.Contains("<img src=x onerror=alert(1)>", picture.Find(".mark.late title").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', picture.Markup);
    }

    [Fact]
    public void TailChart_OfTails_HasABarAndATableRowForEach()
    {
        var histogram = TailHistogram.Of(Analyse(LateOrder()), static _ => true);

        var picture = Render<TailChart>(parameters => parameters.Add(p => p.Histogram, histogram).Add(p => p.MaxSeconds, 3.5));

        Assert.Single(picture.FindAll("rect.bar"));
        Assert.Equal("2 s to 5 s1", picture.Find("tbody tr").TextContent.Trim());
        Assert.Equal("Work after the response of 1 request: the longest 3.5 s.", picture.Find("figcaption").TextContent);
    }

    [Fact]
    public void TailChart_OfNothing_SaysSo()
    {
        var picture = Render<TailChart>(parameters => parameters.Add(p => p.Histogram, new TailHistogram { Buckets = [], Requests = 0 }));
        Assert.Equal("No request had work after its response.", picture.Find("figure").TextContent.Trim());
    }

    [Fact]
    public void TrendChart_OfLateWork_CountsItInItsBarAndInTheTable()
    {
        var trend = Trend.Of(Analyse(LateOrder()), static _ => true);
        var bars = TrendSum.Of(trend);

        var picture = Render<TrendChart>(parameters => parameters.Add(p => p.Points, bars).Add(p => p.Step, trend.Step));

        Assert.Equal(3, bars.Sum(static bar => bar.Requests));
        Assert.Equal(1, bars.Sum(static bar => bar.RequestsWithAfterResponse));
        Assert.Equal(bars.Count, picture.FindAll("tbody tr").Count);
        Assert.Contains("3 requests, 1 of them with work after the response", picture.Find("figcaption").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void InstanceLife_OfAnInstanceThatDied_MarksWhoWasAboard()
    {
        var world = new LogWorld();
        world.Platform("i1", 0, PlatformMessage.Starting);
        world.Request("i1", 5, 0.5, LogWorld.Trace(1));
        world.Line("i1", 8, "late", LogWorld.Trace(1));
        world.Request("i1", 9, 3, LogWorld.Trace(2));
        world.Platform("i1", 11.5, PlatformMessage.MemoryLimitExceeded);
        var view = InstanceView.Of(Analyse(world), 0);

        var picture = Render<InstanceLife>(parameters => parameters
            .Add(p => p.View, view).Add(p => p.Scale, TimeScale.Around(view.From, view.To)).Add(p => p.Caption, view.Sentence));

        Assert.Equal(2, picture.FindAll("rect.request").Count);
        Assert.Single(picture.FindAll("rect.request.aboard"));
        Assert.Single(picture.FindAll("rect.after"));
        Assert.Single(picture.FindAll(".mark.late"));
        Assert.Equal(3, picture.FindAll(".mark").Count);
        Assert.Contains(picture.FindAll(".stop-label"), static label => label.TextContent == "died");
    }
}
