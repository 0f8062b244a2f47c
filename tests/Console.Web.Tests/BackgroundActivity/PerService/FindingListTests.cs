using Bunit;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.BackgroundActivity.PerService;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.PerService;

public sealed class FindingListTests : BunitContext
{
    private static readonly Finding Audit = new()
    {
        Revision = Checkout7,
        Kind = FindingKind.AfterResponse,
        Template = "audit commit <*>",
        Example = "audit commit <b>17</b>",
        Id = "f1",
        Entries = 312,
        Requests = 312,
        MaxTailSeconds = 3.5,
        P50TailSeconds = 1.5,
    };

    [Fact]
    public void List_ForSomebodyWhoMay_OffersTheCureTheRequestsTheAcceptanceAndTheEvidence()
    {
        Finding? asked = null;
        var list = List(may: true, accepted: null, finding => asked = finding);

        Assert.Equal("audit commit <*>", list.Find("h2").TextContent);
        Assert.Contains("audit commit <b>17</b>", list.Find(".example").TextContent, StringComparison.Ordinal);
        Assert.Contains("Finish the work before the response.", list.Markup, StringComparison.Ordinal);
        Assert.Contains(Urls.PlanChange("/", ResourceName.Service("acme-prod", "europe-west1", "checkout"), new SetCpuAllocation(true)), Hrefs(list));
        Assert.Contains("/requests-of-f1", Hrefs(list));
        Assert.Contains(Hrefs(list), static href => href!.StartsWith("/background/evidence?", StringComparison.Ordinal) && href.Contains("finding=f1", StringComparison.Ordinal));

        list.FindAll("button").Single(static button => button.TextContent == "Accept with a reason").Click();
        Assert.Same(Audit, asked);
    }

    [Fact]
    public void List_ForSomebodyWhoMayNot_SaysWhichRoleMay()
    {
        var list = List(may: false, accepted: null);
        Assert.Empty(list.FindAll("button"));
        Assert.Contains("needs the role SRE", list.Find(".why-not").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Hrefs(list), static href => href!.Contains("evidence", StringComparison.Ordinal));
    }

    [Fact]
    public void List_OfAnAcceptedFinding_SaysByWhomUntilWhenAndWhy()
    {
        var list = List(may: true, new Acceptance
        {
            Id = Guid.NewGuid(),
            FindingId = "f1",
            Project = "acme-prod",
            Service = "checkout",
            Template = "audit commit <*>",
            Accepted = true,
            Reason = "moves to a queue in May",
            ActorId = "sam",
            ActorName = "Sam Rivera",
            RecordedAt = At(0),
            ExpiresAt = At(86_400),
        });

        Assert.Contains("accepted until 2026-03-03 10:00:00 UTC by Sam Rivera", string.Join(' ', list.Find(".badge").TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("moves to a queue in May", list.Find(".reason").TextContent, StringComparison.Ordinal);
        Assert.Single(list.FindAll("button"), static button => button.TextContent == "Take the acceptance back");
    }

    [Fact]
    public void RevisionNumbers_OfRevisions_SayTheVerdictInWordsAndItsReason()
    {
        var numbers = Render<RevisionNumbers>(parameters => parameters
            .Add(p => p.Revisions, Analyse(LateOrder()).Revisions)
            .Add(p => p.HrefOf, static revision => "/only/" + revision));

        Assert.Contains("at risk", numbers.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("request-based", numbers.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal("/only/checkout-00007-abc", numbers.Find("tbody a").GetAttribute("href"));
        Assert.NotEmpty(numbers.Find(".reasons li").TextContent);
    }

    private static IEnumerable<string?> Hrefs(IRenderedComponent<FindingList> list) => list.FindAll("a").Select(static a => a.GetAttribute("href"));

    private IRenderedComponent<FindingList> List(bool may, Acceptance? accepted, Action<Finding>? onAccept = null) => Render<FindingList>(parameters => parameters
        .Add(p => p.Findings, [Audit])
        .Add(p => p.Revisions, [new RevisionSummary { Key = Checkout7, Settings = new RevisionSettings(BillingMode.RequestBased, 80) }])
        .Add(p => p.Accepted, accepted is null ? [] : new Dictionary<string, Acceptance> { ["f1"] = accepted })
        .Add(p => p.Source, AnalysisId.Live("acme-prod"))
        .Add(p => p.MayAccept, may)
        .Add(p => p.MayExport, may)
        .Add(p => p.RequestsHref, static finding => "/requests-of-" + finding.Id)
        .Add(p => p.OnAccept, finding => onAccept?.Invoke(finding)));
}
