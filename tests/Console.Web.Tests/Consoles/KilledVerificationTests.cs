using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Circuits;
using OpsConsole.Testing.Processes;

namespace OpsConsole.Web.Tests.Consoles;

/// <summary>SIGKILL in the middle of a verification: its end comes on record once, by the console beside it, or by its own next start.</summary>
public sealed class KilledVerificationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_InAVerification_ItsEndIsRecordedOnce()
    {
        // Witnesses that take the question and never answer: each is waited for ten seconds.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 6; i++)
        {
            settings[string.Create(CultureInfo.InvariantCulture, $"Audit:Witnesses:{i}")] =
                string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port} {Keys.Of($"witness.example/w{i}", 7).AsWitness(TimeProvider.System).Key}");
        }

        await using var fleet = await Fleet.StartAsync();
        var dying = await fleet.AddAsync("a", settings);
        var staying = await fleet.AddAsync("b", settings);
        await BeginAsync(fleet, dying);
        var killing = TimeProvider.System.GetUtcNow();
        await dying.KillAsync();

        // The other one finds that it is gone.
        await Fleet.UntilAsync("the end is on record", async () => (await ActsAsync(fleet, isEnd: true)).Count > 0);
        var begin = Assert.Single(await ActsAsync(fleet, isEnd: false));
        var end = Assert.Single(await ActsAsync(fleet, isEnd: true));
        Assert.True(end.Time >= killing.AddMilliseconds(-1), $"{end.Time:O} is before {killing:O}: somebody ended it while it ran.");
        Assert.Equal((AuditOutcome.Failure, begin.Id, begin.Actor.Id), (end.Outcome, end.Details!.Value.GetProperty("run").GetString(), end.Actor.OnBehalfOf));
        Assert.StartsWith("The console ended while ", end.Reason, StringComparison.Ordinal);
        await staying.KillAsync();

        // Alone, and killed again: its next start tells of this one, and not of the first again.
        var again = await fleet.AddAsync("a", settings);
        await BeginAsync(fleet, again);
        await again.KillAsync();
        var last = await fleet.AddAsync("a", settings);
        await Fleet.UntilAsync("the second end is on record", async () => (await ActsAsync(fleet, isEnd: true)).Count > 1);
        Assert.Equal((await ActsAsync(fleet, isEnd: false)).Select(static e => $"{e.Id}-end"), (await ActsAsync(fleet, isEnd: true)).Select(static e => e.Id));
        using var clara = fleet.As(last, "clara@acme.example");
        await using var page = await OpenPage.OpenAsync(clara, Urls.AuditVerify, static root => root.Text.Contains("The console ended while", StringComparison.Ordinal), Patience, CancellationToken.None);
    }

    private static async Task BeginAsync(Fleet fleet, ConsoleProcess console)
    {
        using var clara = fleet.As(console, "clara@acme.example");
        await using var page = await OpenPage.OpenAsync(clara, Urls.AuditVerify, static root => root.Find("form") is not null, Patience, CancellationToken.None);
        await page.SubmitAsync(static root => root.Find("form", static f => f.HasClass("question")), static root => root.Find("progress") is not null, Patience, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<AuditEvent>> ActsAsync(Fleet fleet, bool isEnd)
    {
        var query = new AuditQuery { Actions = [AuditActions.AuditVerify], Outcomes = isEnd ? [AuditOutcome.Success, AuditOutcome.Failure] : [AuditOutcome.Unknown] };
        var acts = new List<AuditRecord>();
        await foreach (var record in fleet.Reader.OwnActsAsync(query, CancellationToken.None))
        {
            acts.Add(record);
        }

        return [.. acts.OrderBy(static r => r.Position.Sequence).Select(static r => r.Event)];
    }
}
