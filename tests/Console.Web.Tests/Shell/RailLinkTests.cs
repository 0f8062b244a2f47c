using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Tests.Shell;

public sealed class RailLinkTests : BunitContext
{
    [Theory]
    [InlineData("changes", true)]
    [InlineData("changes/bulk?state=all", true)]
    [InlineData("changes/approvals-of-old", true)]
    [InlineData("changes/approvals", false)]
    [InlineData("changes/approvals?state=all", false)]
    [InlineData("changes/approvals/acme-prod/7", false)]
    [InlineData("services", false)]
    public void Active_PagesOfAnotherLink_AreLeftToIt(string path, bool active)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(path);

        var link = Render<RailLink>(static p => p
            .Add(static l => l.Match, NavLinkMatch.Prefix)
            .Add(static l => l.Except, "changes/approvals")
            .AddUnmatched("href", "changes"));

        Assert.Equal(active, link.Find("a").ClassList.Contains("active"));
    }
}
