using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Changes.Bulk;

namespace OpsConsole.Web.Tests.Changes;

public sealed class NewBulkStateTests
{
    private static readonly ResourceName Checkout = ResourceName.Service("acme-prod", "europe-west1", "checkout");
    private static readonly ResourceName Search = ResourceName.Service("acme-prod", "europe-west1", "search");
    private static readonly ResourceName Billing = ResourceName.Service("example.com:acme", "us-central1", "billing");

    [Fact]
    public void ToUrl_AllOfIt_ParsesBack()
    {
        var state = new NewBulkState([Checkout, Search, Billing], "", "timeout", new SetStartupBoost(On: true), [Search], NewBulkState.KeyOf(Billing));

        var back = NewBulkState.Parse(new Uri(new Uri("http://x"), state.ToUrl()).Query);

        Assert.Equal(state.Services, back.Services);
        Assert.Equal(state.Without, back.Without);
        Assert.Equal((state.Form, state.What, state.Open, state.Filter), (back.Form, back.What, back.Open, back.Filter));
    }

    [Theory]
    [InlineData("?services=x,acme-prod/europe-west1,//,acme-prod/europe-west1/&what={&without=..&q=region:eu")]
    [InlineData("?what={\"kind\":\"no-such\"}&services=acme-prod/../a&q=region:eu")]
    public void Parse_WhatIsMalformed_IsAsIfAbsent(string query)
    {
        var state = NewBulkState.Parse(query);

        Assert.Equal((0, 0, null, "region:eu"), (state.Services.Count, state.Without.Count, state.What, state.Filter));
    }

    [Fact]
    public void NewBulk_ChosenServices_LeaveTheFilterOut() =>
        Assert.Equal("/changes/bulk/new?services=acme-prod%2Feurope-west1%2Fcheckout%2Bsearch", Urls.NewBulk([Checkout, Search], "region:eu"));
}
