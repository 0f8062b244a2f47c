using Bunit;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Web.Changes;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.Changes;

public sealed class ChangesPageTests : ChangesContext
{
    [Fact]
    public void State_Any_SurvivesItsAddress()
    {
        var states =
            from filter in Any.Text
            from sort in Gen.Elements(ChangeFields.SortKeys.ToArray())
            from down in Gen.Elements(true, false)
            from days in Gen.Elements(ChangesPageState.Windows.ToArray())
            select new ChangesPageState(filter, new TableSort(sort, down), days);

        Any.Holds(states, static state => ChangesPageState.Parse(state.ToUrl() is var url && url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? url[at..] : "") == state);
    }

    [Theory]
    [InlineData("?days=3")]
    [InlineData("?days=-1&sort=nonsense")]
    [InlineData("?days=")]
    public void State_Malformed_IsTheDefault(string query) => Assert.Equal(ChangesPageState.Default, ChangesPageState.Parse(query));

    [Fact]
    public void List_Nothing_TeachesWhatWouldBeHere()
    {
        var page = RenderRead<ChangesPage>();

        Assert.Contains("Nothing was changed from here", page.Find(".state").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_EndedAndUnderWay_ShowsTheOneUnderWayFirstAndFollowsIt()
    {
        var ended = await ChangeAsync(new SetTimeout(99), wait: true);
        await ChangeAsync(new SetConcurrency(7), wait: true);

        // Older than both, and still going.
        var going = Board.Find(ended.Id)! with { Id = "going", StartedAt = ended.StartedAt.AddMinutes(-5), EndedAt = null, Phase = ChangePhase.Deploying, Change = new SetStartupBoost(false) };
        Board.Set(going);

        var page = RenderRead<ChangesPage>();

        Assert.Equal(["Switch startup CPU boost off", "Set concurrency to 7", "Set the request timeout to 99 s"], Titles(page));
        Assert.Contains("3 changes in the last 7 days, 1 under way", page.Find(".table-total").TextContent, StringComparison.Ordinal);
        Board.Set(going with { Phase = ChangePhase.Failed, EndedAt = ended.StartedAt });
        page.WaitForAssertion(() => Assert.Equal("Switch startup CPU boost off", Titles(page).Last()));
        Assert.Contains("failed", page.FindAll("tr[data-row] .col-state")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Filter_LimitsTheRows()
    {
        await ChangeAsync(new SetConcurrency(7), wait: true);
        await ChangeAsync(new SetTimeout(99), wait: true);
        Navigation.NavigateTo("/changes?q=timeout");

        var page = RenderRead<ChangesPage>();

        Assert.Equal(["Set the request timeout to 99 s"], Titles(page));
        Assert.Contains("1 of 2 changes", page.Find(".table-total").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AfterARestart_IsReadFromTheRecord()
    {
        await ChangeAsync(new SetConcurrency(7), wait: true);
        var history = Services.GetRequiredService<ChangeHistory>();

        var recorded = Assert.Single(await history.SinceAsync(["acme-prod"], DateTimeOffset.UnixEpoch, CancellationToken.None));

        Assert.Equal((ChangePhase.Succeeded, true), (recorded.Phase, recorded.OutcomeRecorded));
        Assert.Equal(recorded.Id, (await history.FindAsync(["acme-prod"], recorded.Id, CancellationToken.None))?.Id);
        Assert.Null(await history.FindAsync(["acme-prod"], "ffffffff-ffff-7fff-bfff-ffffffffffff", CancellationToken.None));
        Assert.Null(await history.FindAsync(["acme-prod"], "nothing", CancellationToken.None));
    }

    [Fact]
    public async Task Page_OfOneChange_ShowsWhatWhoWhyAndOffersUndo()
    {
        var run = await ChangeAsync(new SetConcurrency(7), wait: true);

        var page = RenderRead<ChangePage>(p => p.Add(c => c.Id, run.Id));

        Assert.Equal("Set concurrency to 7", page.Find("h1").TextContent);
        Assert.Contains("because", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("Kim", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Equal("7", page.Find(".diff-after").TextContent);
        Assert.Equal(Urls.UndoChange(Urls.Change(run.Id), Checkout, run.Id), page.FindAll(".page-actions a").Single(static a => a.TextContent == "Undo").GetAttribute("href"));
    }

    [Fact]
    public void Page_UnknownChange_SaysSo()
    {
        var page = RenderRead<ChangePage>(p => p.Add(c => c.Id, "nothing"));

        Assert.Contains("There is no such change", page.Find(".state").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Toast_OwnChangeEnds_IsToldWithUndoAndOthersIsNot()
    {
        var toasts = Render<ChangeToasts>();
        var me = ChangeBench.Sam;

        await ChangeAsync(new SetConcurrency(7), wait: true);
        Assert.Empty(toasts.FindAll(".toast"));
        var run = await ChangeAsync(new SetTimeout(99), wait: true, actor: me);

        toasts.WaitForAssertion(() => Assert.Contains("Set the request timeout to 99 s", toasts.Find(".toast").TextContent, StringComparison.Ordinal));
        Assert.Equal(Urls.UndoChange("/", Checkout, run.Id), toasts.Find(".toast a").GetAttribute("href"));
        toasts.Find(".toast button").Click();
        Assert.Empty(toasts.FindAll(".toast"));
    }

    [Fact]
    public async Task Strip_AnotherPersonsChange_IsShownAndTellsThePage()
    {
        var steps = 0;
        var strip = Render<ChangeStrip>(p => p.Add(s => s.On, Checkout).Add(s => s.OnStep, _ => steps++));
        Assert.Empty(strip.FindAll(".change-strip"));

        await ChangeAsync(new SetConcurrency(7), wait: true);

        strip.WaitForAssertion(() => Assert.Contains("Set concurrency to 7", strip.Find(".change-strip").TextContent, StringComparison.Ordinal));
        strip.WaitForAssertion(() => Assert.Contains("in effect", strip.Find(".change-strip").TextContent, StringComparison.Ordinal));
        Assert.True(steps > 2);
    }

    private static IEnumerable<string> Titles(IRenderedComponent<ChangesPage> page) => page.FindAll("tr[data-row] th").Select(static c => c.TextContent.Trim());

    private async Task<ChangeRun> ChangeAsync(Change change, bool wait, Core.Access.Actor? actor = null)
    {
        var desk = Services.GetRequiredService<ChangeDesk>();
        var plan = Assert.IsType<Planning.Ready>((await desk.PlanAsync(Checkout, change, CancellationToken.None)).Planning).Plan;
        var start = await Runner.StartAsync(actor ?? ChangeBench.Kim, plan, "because", null, CancellationToken.None);
        if (wait)
        {
            await Runner.IdleAsync();
        }

        return start.Run!;
    }
}
