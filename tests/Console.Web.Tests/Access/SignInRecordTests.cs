using System.Net;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Access;

/// <summary>No record, no act: what happens at the door stands in the audit trail.</summary>
public sealed class SignInRecordTests
{
    [Fact]
    public async Task SignIn_AndOut_AreRecorded_AndSoAreFailures()
    {
        await using var console = await RunningConsole.StartAsync();
        using var wrong = console.Browser();
        using var unknown = await RunningConsole.PostAsync(wrong, "/sign-in/persona", ("persona", "root"));
        using var refused = await RunningConsole.PostAsync(wrong, "/sign-in/token", ("token", "guess"));
        using var browser = await console.SignedInAsync("viewer");
        using var signedOut = await RunningConsole.PostAsync(browser, "/sign-out", ("returnUrl", ""));

        Assert.Equal(
            [$"{AuditActions.SignIn} failure", $"{AuditActions.SignIn} denied", $"{AuditActions.SignIn} success", $"{AuditActions.SignOut} success"],
            OfPeople(console));
    }

    [Fact]
    public async Task Denied_PageAndDownload_AreRecorded()
    {
        await using var console = await RunningConsole.StartAsync();
        using var vik = await console.SignedInAsync("viewer");

        using var page = await vik.GetAsync(new Uri("/background/evidence?source=live-acme-prod", UriKind.Relative));
        using var upload = await vik.PostAsync(new Uri("/background/uploads?name=x", UriKind.Relative), new StringContent("x"));

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal([$"{AuditActions.AccessDenied} denied", $"{AuditActions.AccessDenied} denied"], OfPeople(console).Skip(1));
    }

    [Fact]
    public async Task SignIn_WhenTheTrailIsDead_IsRefusedWithASentence()
    {
        await using var console = await RunningConsole.StartAsync();
        RecordedEvents.Break(console.Database);
        using var browser = console.Browser();

        using var answer = await RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "sre"));
        var page = await browser.GetStringAsync(answer.Headers.Location);
        using var after = await browser.GetAsync(new Uri("/services", UriKind.Relative));

        Assert.Equal("/sign-in?unrecorded=1", answer.Headers.Location!.ToString());
        Assert.Contains("nobody may act here without a record", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    private static IEnumerable<string> OfPeople(RunningConsole console) =>
        RecordedEvents.In(console.Database).Where(static e => e.StartsWith("console.", StringComparison.Ordinal));
}
