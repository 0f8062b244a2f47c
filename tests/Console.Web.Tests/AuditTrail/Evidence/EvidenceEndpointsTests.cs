using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Tests.AuditTrail.Api;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.AuditTrail.Evidence;

/// <summary>Bundles over plain HTTP: given to whoever may export, whoever made them; nobody else learns that they exist.</summary>
public sealed class EvidenceEndpointsTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    private RunningConsole Console => demo.Console;

    [Fact]
    public async Task Bundle_MadeByOne_IsDownloadedByAnother_OnTheRecord()
    {
        using var writer = await ApiClient.ForAsync(Console);
        using var sent = await writer.PostAsync(ApiClient.Event($"b-{Guid.NewGuid():N}"), query: "?wait=sealed&timeout=30");
        using var otto = await Console.SignedInAsync("compliance2");
        var desk = Console.Services.GetRequiredService<EvidenceDesk>();
        Assert.Null(await desk.StartAsync(new Actor("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]), new EvidenceRequest(), CancellationToken.None));
        var progress = await DoneAsync(otto);
        var exports = Exports();

        var file = progress.GetProperty("file").GetString()!;
        using var answer = await otto.GetAsync(new Uri(file, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.ToString());
        Assert.Matches("^evidence-opsconsole.local-audit-0-[0-9]+-[0-9]{8}T[0-9]{6}Z[.]zip$", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(exports + 1, Exports());
        var path = Path.Combine(Path.GetDirectoryName(Console.Database)!, "taken.zip");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync());
        Assert.True(BundleVerifier.Verify(path, BundleTrust.None, null, CancellationToken.None).IsGood);

        // Who may not export is sent away before anything is looked up, and so is who is not signed in.
        foreach (var address in (string[])[file, "/audit/evidence/file?id=nothing", "/audit/evidence/progress"])
        {
            using var sam = await Console.SignedInAsync("sre");
            using var denied = await sam.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Contains("/denied", denied.Headers.Location!.ToString(), StringComparison.Ordinal);
            using var nobody = Console.Browser();
            using var signIn = await nobody.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Contains("/sign-in", signIn.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/audit/evidence/file?id=not-there")]
    [InlineData("/audit/evidence/file?id=../../audit")]
    [InlineData("/audit/evidence/progress?id=not-there")]
    public async Task Bundle_ThatIsNotThere_Is404(string address)
    {
        using var clara = await Console.SignedInAsync("compliance");
        using var answer = await clara.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<System.Text.Json.JsonElement> DoneAsync(HttpClient browser)
    {
        for (var i = 0; ; i++)
        {
            using var answer = await browser.GetAsync(new Uri("/audit/evidence/progress", UriKind.Relative));
            var progress = await ApiClient.JsonAsync(answer);
            if (progress.GetProperty("stage").GetString() == "done")
            {
                return progress;
            }

            Assert.True(i < 300 && progress.GetProperty("stage").GetString() == "running", progress.ToString());
            await Task.Delay(100);
        }
    }

    private int Exports() => RecordedEvents.In(Console.Database).Count(static e => e == $"{AuditActions.AuditExport} success");
}
