using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Changes;
using OpsConsole.Web.Changes.Forms;

namespace OpsConsole.Web.Tests.Changes;

public sealed class ChangeDialogTests : ChangesContext
{
    [Fact]
    public void Choose_Service_ListsWhatItIsNowAndEachChangeInOneClick()
    {
        var host = Open(Urls.ChooseChange("/services?q=check", Checkout));

        host.WaitForAssertion(() => Assert.NotEmpty(host.FindAll(".change-line")));
        var links = host.FindAll(".change-line a").Select(static a => a.TextContent.Trim()).ToList();
        Assert.Contains("only during requests (request-based)", host.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.Contains("Keep CPU allocated", links);
        Assert.Contains("Switch startup CPU boost off", links);
        Assert.Contains("Set minimum instances to 1", links);
        Assert.Contains("Switch session affinity on", links);
        Assert.Contains("Use the second generation", links);
        Assert.Contains(links, static l => l.StartsWith("Roll back to checkout-00004-", StringComparison.Ordinal));
        Assert.Equal(14, links.Count(static l => l == "Set…"));
        Assert.Equal("/services?q=check", host.Find("[data-close-dialog]").GetAttribute("href"));
    }

    [Fact]
    public void Plan_OneClick_ShowsBeforeAfterAndWhatHappens()
    {
        var host = OpenPlan(Checkout, new SetCpuAllocation(true));

        Assert.Equal("Keep CPU allocated", host.Find("h2").TextContent);
        Assert.Equal(["CPU billing", "request-based", "instance-based"], host.FindAll(".diff-table tbody tr > *").Select(static c => c.TextContent));
        var effects = host.Find(".plan-effects").TextContent;
        Assert.Contains("A new revision is made", effects, StringComparison.Ordinal);
        Assert.Contains("All traffic goes to the new revision once it is ready", effects, StringComparison.Ordinal);
        Assert.Contains("by Cloud Run in a dry run", effects, StringComparison.Ordinal);
        Assert.Contains("updateMask=template.containers,template.revision", host.Find(".plan-request").TextContent, StringComparison.Ordinal);
        Assert.Empty(Trail.Events);
    }

    [Fact]
    public async Task Plan_Refused_OffersTheNearestLegalValueAsOneClick()
    {
        var host = OpenPlan(Checkout, new SetConcurrency(5000));

        Assert.Contains("Refused", host.Find(".refusals").TextContent, StringComparison.Ordinal);
        Assert.Empty(host.FindAll("[data-apply]"));
        await host.InvokeAsync(() => host.Find(".refusals button").Click());

        host.WaitForAssertion(() => Assert.Equal("Set concurrency to 1000", host.Find("h2").TextContent));
        Assert.Equal(new SetConcurrency(1000), ChangeAddress.Parse(Navigation.Uri)!.Change);
        Planned(host);
        Assert.NotEmpty(host.FindAll(".plan"));
    }

    [Fact]
    public void Plan_RefusedByTheApi_StandsInItsOwnWordsNextToTheFieldItNames()
    {
        var host = OpenPlan(Checkout, new Several([new SetRevisionLimits(null, 200), new SetResources("8", "4Gi")]));

        Assert.Contains("Cloud Run refuses", host.Find(".refusals").TextContent, StringComparison.Ordinal);
        Assert.Contains("scaling.max_instance_count: Max instances must be set to 50", host.Find("#change-maximum-hint").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", host.Find("#change-maximum").GetAttribute("aria-invalid"));
        Assert.Null(host.Find("#change-minimum").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Plan_DryRunUnreachable_SaysThatItWasNotChecked()
    {
        await Bench.FaultAsync(new { kind = "status", status = 503, method = "PATCH" });

        var host = OpenPlan(Checkout, new SetConcurrency(7));

        Assert.Contains("Cloud Run could not be asked", host.Find(".not-checked").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(host.FindAll("[data-apply]"));
    }

    [Fact]
    public async Task Form_ValueTyped_StandsInTheAddressAndIsPlanned()
    {
        var host = Open(Urls.ChangeForm("/services", Checkout, "concurrency"));
        host.WaitForAssertion(() => Assert.Equal("80", host.Find("#change-requests").GetAttribute("value")));
        host.WaitForAssertion(() => Assert.Contains("These are the values of now", host.Find("dialog").TextContent, StringComparison.Ordinal));

        await host.InvokeAsync(() => host.Find("#change-requests").Change("7"));

        host.WaitForAssertion(() => Assert.Contains("7", host.Find(".diff-after").TextContent, StringComparison.Ordinal));
        Assert.Equal(new SetConcurrency(7), ChangeAddress.Parse(Navigation.Uri)!.Change);
    }

    [Fact]
    public async Task Form_OneOfTwoValuesTyped_AsksForThatOneAlone()
    {
        var host = Open(Urls.ChangeForm("/services", Checkout, "instance-limits"));
        host.WaitForAssertion(() => Assert.Contains("These are the values of now", host.Find("dialog").TextContent, StringComparison.Ordinal));

        await host.InvokeAsync(() => host.Find("#change-minimum").Change("2"));

        host.WaitForAssertion(() => Assert.Equal("Set minimum instances to 2", host.Find("h2").TextContent));
        Assert.Equal(new SetInstanceLimits(2, null), ChangeAddress.Parse(Navigation.Uri)!.Change);
    }

    [Fact]
    public async Task FormForSeveral_WhatIsLeftEmpty_StaysAsEachServiceHasIt()
    {
        var sample = new ChangeSubject(Checkout) { Service = await Bench.ReadAsync(Checkout) };
        var (limits, resources) = (ChangeForms.Find("instance-limits")!, ChangeForms.Find("resources")!);

        Assert.All(limits.FieldsForSeveral(sample), static f => Assert.Equal("", f.Value));
        Assert.Equal(new SetInstanceLimits(2, null), limits.ReadForSeveral(sample, new Dictionary<string, string> { ["minimum"] = "2", ["maximum"] = "" }).Change);
        Assert.Equal(new SetInstanceLimits(null, 0), limits.ReadForSeveral(sample, new Dictionary<string, string> { ["minimum"] = "", ["maximum"] = "0" }).Change);
        Assert.Equal(new SetResources(null, "1Gi"), resources.ReadForSeveral(sample, new Dictionary<string, string> { ["cpu"] = " ", ["memory"] = "1Gi" }).Change);
        Assert.Equal("minimum", limits.ReadForSeveral(sample, new Dictionary<string, string> { ["minimum"] = "", ["maximum"] = "" }).Field);
    }

    [Fact]
    public async Task Form_NoNumber_SaysSoAtTheInputAndPlansNothing()
    {
        var host = Open(Urls.ChangeForm("/services", Checkout, "concurrency"));
        host.WaitForAssertion(() => Assert.NotEmpty(host.FindAll("#change-requests")));

        await host.InvokeAsync(() => host.Find("#change-requests").Change("many"));

        host.WaitForAssertion(() => Assert.Contains("Type a whole number", host.Find("#change-requests-hint").TextContent, StringComparison.Ordinal));
        Assert.Empty(host.FindAll(".plan"));
    }

    [Fact]
    public async Task Plan_PinnedTraffic_OffersToRouteInTheSamePlan()
    {
        var host = OpenPlan(ChangeBench.Service("pricing"), new SetConcurrency(7));
        Assert.Contains("serves nothing: traffic is pinned", host.Find(".plan-effects").TextContent, StringComparison.Ordinal);

        await host.InvokeAsync(() => host.FindAll(".plan-warnings button").Single(static b => b.TextContent.Contains("latest revision", StringComparison.Ordinal)).Click());

        host.WaitForAssertion(() => Assert.Contains("Together with: Send all traffic to the latest revision", Text(host.Find(".change-addition")), StringComparison.Ordinal));
        Assert.Equal(new Several([new SetConcurrency(7), new RouteToLatest()]), ChangeAddress.Parse(Navigation.Uri)!.Change);
    }

    [Fact]
    public async Task Apply_WithoutReason_AppliesNothingAndSaysWhatIsMissing()
    {
        var host = OpenPlan(Checkout, new SetConcurrency(7));
        Assert.Contains("Give a reason first", host.Find(".change-buttons").TextContent, StringComparison.Ordinal);

        await host.InvokeAsync(() => host.Find(".change-apply").SubmitAsync());

        Assert.Empty(Trail.Events);
        Assert.NotEmpty(host.FindAll(".plan"));
    }

    [Fact]
    public async Task Apply_WithReason_RecordsAppliesFollowsAndOffersUndo()
    {
        var host = OpenPlan(Checkout, new SetConcurrency(7));

        await ApplyAsync(host, "database connections");
        await Runner.IdleAsync();

        host.WaitForAssertion(() => Assert.Contains("in effect", host.Find(".change-state").TextContent, StringComparison.Ordinal));
        Assert.Equal(["run.change.intent", "run.change.outcome"], Trail.Events.Select(static e => e.Action));
        Assert.Equal("database connections", Trail.Events[0].Reason);
        Assert.Equal("sam@acme.example", Trail.Events[0].Actor.Id);
        Assert.Equal(7, (await Bench.ReadAsync(Checkout)).Template.MaxInstanceRequestConcurrency);
        Assert.Contains(host.FindAll(".change-foot a"), a => a.TextContent == "Undo" && a.GetAttribute("href") == Urls.UndoChange("/services", Checkout, Board.All[0].Id));
    }

    [Fact]
    public async Task Apply_TrailAway_ChangesNothingAndSaysSo()
    {
        var host = OpenPlan(Checkout, new SetConcurrency(7));
        Trail.Dead = "The database is away.";

        await ApplyAsync(host, "because");

        host.WaitForAssertion(() => Assert.Contains("Nothing was changed, because it could not be recorded first", host.Find(".change-problem").TextContent, StringComparison.Ordinal));
        Assert.NotEqual(7, (await Bench.ReadAsync(Checkout)).Template.MaxInstanceRequestConcurrency);
    }

    [Fact]
    public async Task Apply_CountOfNone_AsksForTheName()
    {
        var host = OpenPlan(Checkout, new ScaleManually(0));
        await host.InvokeAsync(() => host.Find("#change-reason").InputAsync("maintenance"));
        Assert.Contains("Type checkout to confirm", host.Find(".change-buttons").TextContent, StringComparison.Ordinal);
        await host.InvokeAsync(() => host.Find(".change-apply").SubmitAsync());
        Assert.Empty(Trail.Events);

        await host.InvokeAsync(() => host.Find("#change-confirm").InputAsync("checkout"));
        await host.InvokeAsync(() => host.Find(".change-apply").SubmitAsync());
        await Runner.IdleAsync();

        Assert.Equal(0, (await Bench.ReadAsync(Checkout)).Scaling.ManualInstanceCount);
    }

    [Fact]
    public void Plan_Viewer_SeesWhyAndNoPlan()
    {
        SignInAs(Role.Viewer);

        var host = Open(Urls.PlanChange("/services", Checkout, new SetConcurrency(7)));

        host.WaitForAssertion(() => Assert.Contains("needs the role SRE", host.Find("dialog").TextContent, StringComparison.Ordinal));
        Assert.Empty(host.FindAll(".plan, [data-apply]"));
    }

    [Fact]
    public async Task Apply_ChangedMeanwhileElsewhere_ShowsWhoAndWhatAndPlansAnew()
    {
        var host = OpenPlan(Checkout, new SetConcurrency(7));
        await Bench.ApplyAsync(Checkout, new SetTimeout(123));

        await ApplyAsync(host, "because");
        await Runner.IdleAsync();
        host.WaitForAssertion(() => Assert.Contains("Nothing was changed", host.Find(".change-state").TextContent, StringComparison.Ordinal));
        await host.InvokeAsync(() => host.FindAll("button").Single(static b => b.TextContent.StartsWith("Plan again", StringComparison.Ordinal)).Click());
        Planned(host);

        var meanwhile = host.Find("section.notice");
        Assert.Contains("changed it after you opened this", meanwhile.TextContent, StringComparison.Ordinal);
        Assert.Contains("123 s", meanwhile.TextContent, StringComparison.Ordinal);
        Assert.Equal("because", host.Find("#change-reason").GetAttribute("value"));

        await host.InvokeAsync(() => host.Find(".change-apply").SubmitAsync());
        await Runner.IdleAsync();
        var now = await Bench.ReadAsync(Checkout);
        Assert.Equal((7, 123.0), (now.Template.MaxInstanceRequestConcurrency, now.Template.Timeout.TotalSeconds));
    }

    [Fact]
    public async Task Plan_AnotherPersonsChangeUnderWay_IsShownAndThePlanIsMadeAnewWhenItEnds()
    {
        var host = OpenPlan(Checkout, new SetConcurrency(7));
        var theirs = Assert.IsType<Planning.Ready>((await Services.GetRequiredService<ChangeDesk>().PlanAsync(Checkout, new SetTimeout(123), CancellationToken.None)).Planning).Plan;

        await Runner.StartAsync(ChangeBench.Kim, theirs, "slow clients", null, CancellationToken.None);

        host.WaitForAssertion(() => Assert.Contains("Kim is changing it just now", host.Find("dialog").TextContent, StringComparison.Ordinal));
        await Runner.IdleAsync();
        host.WaitForAssertion(() => Assert.Contains("changed it after you opened this", host.Find("section.notice").TextContent, StringComparison.Ordinal));
        host.WaitForAssertion(() => Assert.NotEmpty(host.FindAll(".plan")));
    }

    [Fact]
    public async Task Undo_ThenAgain_IsPlannedAndThenRefusedWithAnExplanation()
    {
        var id = await ChangeAsync(new SetConcurrency(7));
        var host = Open(Urls.UndoChange("/services", Checkout, id));
        Planned(host);
        Assert.Equal("Undo: Set concurrency to 7", host.Find("h2").TextContent);
        Assert.Equal(["Concurrent requests per instance", "7", "80"], host.FindAll(".diff-table tbody tr > *").Select(static c => c.TextContent));

        await ApplyAsync(host, "not needed");
        await Runner.IdleAsync();

        Navigation.NavigateTo("/services");
        Navigation.NavigateTo(Urls.UndoChange("/services", Checkout, id));
        Planned(host);
        Assert.Contains("was changed again", host.Find(".refusals").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_UnknownChange_SaysThatThereIsNone()
    {
        var host = Open(Urls.UndoChange("/services", Checkout, "nothing"));

        host.WaitForAssertion(() => Assert.Contains("There is no change of this id", host.Find("dialog").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_ServiceThatIsNone_SaysSo()
    {
        var host = Open(Urls.ChooseChange("/services", ChangeBench.Service("absent")));

        host.WaitForAssertion(() => Assert.Contains("It does not exist", host.Find("dialog").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunJob_Applied_StartsAnExecutionOnTheRecord()
    {
        var job = ResourceName.Parse("projects/acme-prod/locations/us-central1/jobs/invoice-run");
        var host = OpenPlan(job, new RunJob());
        Assert.Contains("An execution starts at once", host.Find(".plan-effects").TextContent, StringComparison.Ordinal);

        await ApplyAsync(host, "invoices");
        await Runner.IdleAsync();

        host.WaitForAssertion(() => Assert.Contains("The execution invoice-run-", host.Find(".change-state").TextContent, StringComparison.Ordinal));
        Assert.Equal("run.job", Trail.Events[0].Resource!.Type);
        Assert.DoesNotContain(host.FindAll(".change-foot a"), static a => a.TextContent == "Undo");
    }

    [Fact]
    public void Address_WithoutDialog_ShowsNone() => Assert.Empty(Open("/services?q=x").FindAll("dialog"));

    private static async Task ApplyAsync(IRenderedComponent<ChangeHost> host, string reason)
    {
        await host.InvokeAsync(() => host.Find("#change-reason").InputAsync(reason));
        await host.InvokeAsync(() => host.Find(".change-apply").SubmitAsync());
    }

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private async Task<string> ChangeAsync(Change change)
    {
        var desk = Services.GetRequiredService<ChangeDesk>();
        var plan = Assert.IsType<Planning.Ready>((await desk.PlanAsync(Checkout, change, CancellationToken.None)).Planning).Plan;
        var start = await Runner.StartAsync(ChangeBench.Kim, plan, "because", null, CancellationToken.None);
        await Runner.IdleAsync();
        return start.Run!.Id;
    }
}
