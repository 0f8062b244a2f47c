using Bunit;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Web.AuditTrail;

namespace OpsConsole.Web.Tests.AuditTrail;

/// <summary>What may be personal is drawn after its record, and not without one.</summary>
public sealed class DisclosureTests : ConsoleContext
{
    [Fact]
    public void Content_IsDrawnOnceItsViewIsRecorded_AndRecordedOnceForEachThing()
    {
        var drawn = Render<Disclosure>(p => p.Add(c => c.Action, AuditActions.LogsView).Add(c => c.Kind, "logs.request").Add(c => c.Id, "a").AddChildContent("<p>secret</p>"));
        drawn.WaitForAssertion(() => drawn.Find("p").MarkupMatches("<p>secret</p>"));
        drawn.Render(p => p.Add(c => c.Id, "a"));
        drawn.Render(p => p.Add(c => c.Id, "b\u0007"));
        drawn.WaitForAssertion(() => drawn.Find("p").MarkupMatches("<p>secret</p>"));

        Assert.Equal(["a", "b"], Trail.Events.Select(static e => e.Resource!.Id));
        Assert.All(Trail.Events, static e => Assert.Equal((AuditActions.LogsView, "sam@acme.example", "logs.request"), (e.Action, e.Actor.Id, e.Resource!.Type)));
    }

    [Fact]
    public async Task Content_WhenNothingCanBeRecorded_IsNotDrawn()
    {
        Trail.Dead = "The database is away.";
        var drawn = Render<Disclosure>(p => p.Add(c => c.Action, AuditActions.LogsView).Add(c => c.Kind, "logs.request").Add(c => c.Id, "a").AddChildContent("<p>secret</p>"));

        drawn.WaitForAssertion(() => Assert.Contains("The database is away.", drawn.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", drawn.Markup, StringComparison.Ordinal);
        Trail.Dead = null;
        await drawn.Find("button").ClickAsync();
        drawn.WaitForAssertion(() => Assert.Contains("secret", drawn.Markup, StringComparison.Ordinal));
    }
}
