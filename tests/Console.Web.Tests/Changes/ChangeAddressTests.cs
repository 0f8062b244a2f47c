using System.Reflection;
using System.Text.Json.Serialization;
using FsCheck.Fluent;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Changes;
using OpsConsole.Web.Changes.Forms;

namespace OpsConsole.Web.Tests.Changes;

public sealed class ChangeAddressTests
{
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    /// <summary>One of each kind that a screen may offer.</summary>
    private static readonly Change[] Kinds =
    [
        new SetCpuAllocation(true), new SetStartupBoost(false), new SetInstanceLimits(1, null), new SetRevisionLimits(null, 5), new SetConcurrency(7),
        new SetResources("1", null), new SetTimeout(5), new SetExecutionEnvironment(ExecutionEnvironment.Gen2), new SetSessionAffinity(true),
        new SetScalingTargets(50, null), new ScaleManually(2), new ScaleAutomatically(), new RouteToLatest(), new RouteToRevision("a-1"),
        new SplitTraffic([new TrafficShare("", 40), new TrafficShare("a-1", 60)]), new ShiftTraffic("a-1", 30),
        new MoveTraffic("a-1", [10, 100], 600), new RollBack("a-1"), new RemoveTag("canary"), new SetPoolInstances(3),
        new RunJob(), new CancelExecution("run-x"), new Several([new SetConcurrency(7), new RouteToLatest()]),
    ];

    [Fact]
    public void Kinds_All_AreInTheListAboveButTheOneThatTheRecordMakes()
    {
        var known = typeof(Change).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(static a => a.DerivedType).ToHashSet();
        known.Remove(typeof(Restore));

        Assert.Equal(known.Select(static t => t.Name).Order(), Kinds.Select(static k => k.GetType().Name).Order());
    }

    [Fact]
    public void Kinds_All_AreOfferedByAForm() =>
        Assert.Empty(Kinds.Where(static k => k is not (Several or CancelExecution) && ChangeForms.Of(k) is null).Select(static k => k.GetType().Name));

    [Fact]
    public void Address_AnyChangeOnAnyPage_SurvivesAndLeavesThePageAsItWas()
    {
        var cases =
            from filter in Any.Text
            from change in Gen.Elements(Kinds)
            from what in Gen.Elements(0, 1, 2, 3)
            from text in Any.Name
            select (Page: Urls.With("/services", ("q", filter)), Address: what switch
            {
                0 => new ChangeAddress(Checkout),
                1 => new ChangeAddress(Checkout) { Form = text },
                2 => new ChangeAddress(Checkout) { Undo = text },
                _ => new ChangeAddress(Checkout) { Change = change },
            });

        Any.Holds(cases, static c =>
            ChangeAddress.Parse(c.Address.OnPage(c.Page)) == c.Address
            && ChangeAddress.Without(c.Address.OnPage(c.Page)) == c.Page
            && new ChangeAddress(Checkout).OnPage(c.Address.OnPage(c.Page)) == new ChangeAddress(Checkout).OnPage(c.Page));
    }

    [Theory]
    [InlineData("projects/acme-prod/locations/europe-west1/workerPools/queue-worker")]
    [InlineData("projects/acme-prod/locations/us-central1/jobs/invoice-run")]
    public void Address_OtherResources_Survive(string name)
    {
        var address = new ChangeAddress(ResourceName.Parse(name));

        Assert.Equal(address, ChangeAddress.Parse(address.OnPage("/services")));
    }

    [Theory]
    [InlineData("/services")]
    [InlineData("/services?change=concurrency")]
    [InlineData("/services?change=concurrency&on=checkout")]
    [InlineData("/services?change=concurrency&on=a/../checkout")]
    [InlineData("/services?change={\"kind\":\"no-such\"}&on=a/b/c")]
    [InlineData("/services?change={\"kind\":\"split-traffic\"}&on=a/b/c")]
    [InlineData("/services?change={\"kind\":\"several\",\"changes\":[null]}&on=a/b/c")]
    [InlineData("/services?change={\"kind\":\"route-to-revision\"}&on=a/b/c")]
    [InlineData("/services?change={&on=a/b/c")]
    public void Address_Malformed_OpensNothing(string url) => Assert.Null(ChangeAddress.Parse(url));

    [Theory]
    [InlineData("{\"kind\":\"restore\",\"of\":\"x\",\"what\":\"y\",\"fields\":[]}")]
    [InlineData("{\"kind\":\"several\",\"changes\":[{\"kind\":\"restore\",\"of\":\"x\",\"what\":\"y\",\"fields\":[]}]}")]
    public void Address_RestoreInALink_OpensNothing(string change)
    {
        Assert.NotNull(ChangeJson.Read(change));
        Assert.Null(ChangeAddress.Parse(Urls.With("/services", ("change", change), ("on", "a/b/c"))));
    }

    [Fact]
    public void Address_OneClick_ReadsAsItLooks() => Assert.Equal(
        "/services?change=%7B%22kind%22%3A%22cpu-allocation%22%2C%22always%22%3Atrue%7D&on=acme-prod%2Feurope-west1%2Fcheckout",
        Urls.PlanChange("/services", Checkout, new SetCpuAllocation(true)));
}
