using OpsConsole.Core.Changes.Blaming;
using OpsConsole.Core.Changes.History;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>The history of a service, with the simulated Cloud Run and its audit log.</summary>
public sealed class HistoryTests
{
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    [Fact]
    public async Task Read_ChangeMadeHere_StandsOnceWithPersonAndReason()
    {
        await using var bench = await ChangeBench.StartAsync();
        var before = await ReadAsync(bench);
        var run = await bench.ApplyAsync(Checkout, new SetCpuAllocation(true));

        var after = await ReadUntilAsync(bench, Logged);

        var row = Assert.Single(after.Rows.ExceptBy(before.Rows.Select(static r => r.Id), static r => r.Id));
        Assert.Equal((HistoryOrigin.Console, "Sam", "because", run.Id, run.Revision), (row.Origin, row.Who, row.Why, row.Id, row.Revision));
        Assert.Equal((HistoryOutcome.Done, true), (row.Outcome, row.CanUndo));
        Assert.NotEmpty(row.GoogleEntries);
        Assert.Equal(("request-based", "instance-based"), (row.Settings[0].Before, row.Settings[0].After));
    }

    [Fact]
    public async Task Read_SettingChangedElsewhere_NamesTheAccountTheProgramAndTheValues()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.ApplyAsync(Checkout, new SetInstanceLimits(1, null));
        await bench.PatchElsewhereAsync(Checkout, "scaling.minInstanceCount", """{"scaling":{"minInstanceCount":3}}""");
        await bench.UntilAsync(static s => s.Value is { Reconciling: false });

        var history = await ReadUntilAsync(bench, static h => h.Rows[0].Origin == HistoryOrigin.Elsewhere && Logged(h));

        var row = history.Rows[0];
        Assert.Equal((HistoryOrigin.Elsewhere, "Updated", "curl/8.9.1"), (row.Origin, row.Title, row.Client));
        Assert.Equal("dev@acme.example", row.Who);
        Assert.Equal([("scaling.minInstanceCount", "1", "3")], row.Settings.Select(static s => (s.Path, s.Before, s.After)));
        Assert.Equal(HistoryOrigin.Console, history.Rows[1].Origin);
    }

    [Fact]
    public async Task Read_ChangedWithOurAccountByAnotherProgram_SaysThatItIsNotRecorded()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.ApplyAsync(Checkout, new SetInstanceLimits(1, null));
        await bench.PatchElsewhereAsync(Checkout, "scaling.minInstanceCount", """{"scaling":{"minInstanceCount":3}}""", account: "ops-console@acme-prod.iam.gserviceaccount.com");
        await bench.UntilAsync(static s => s.Value is { Reconciling: false });

        var row = (await ReadUntilAsync(bench, static h => h.Rows[0].Origin == HistoryOrigin.Unrecorded && Logged(h))).Rows[0];

        Assert.Equal(HistoryOrigin.Unrecorded, row.Origin);
        Assert.Contains("holds no record of it", Assert.Single(row.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_RevisionMadeElsewhere_ComparesTheRevisionsAndHidesValues()
    {
        await using var bench = await ChangeBench.StartAsync();
        var service = await bench.ReadAsync(Checkout);
        var body = System.Text.Json.Nodes.JsonNode.Parse(service.RawJson)!;
        body["template"]!.AsObject().Remove("revision");
        body["template"]!["containers"]![0]!["env"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["name"] = "API_KEY", ["value"] = "hunter2" });
        await bench.PatchElsewhereAsync(Checkout, "template.containers,template.revision", body.ToJsonString(), "Terraform/1.9.5");
        await bench.UntilAsync(s => s.Value is { Reconciling: false } now && now.LatestReadyRevision != service.LatestReadyRevision);

        var row = (await ReadUntilAsync(bench, static h => Logged(h) && h.Rows[0].Message.Length > 0)).Rows[0];

        Assert.Equal(("Deployed", HistoryOrigin.Elsewhere), (row.Title, row.Origin));
        Assert.Contains(row.Settings, static s => s.Name.Contains("API_KEY", StringComparison.Ordinal));
        Assert.DoesNotContain(row.Settings, static s => s.After.Contains("hunter2", StringComparison.Ordinal));
        Assert.Contains("Ready condition status changed to True", row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ChangeTakenBack_NamesBothDirections()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        var undo = Assert.IsType<Core.Changes.Planning.Ready>((await bench.Desk.PlanUndoAsync(run, CancellationToken.None)).Planning).Plan;
        await bench.Runner.StartAsync(ChangeBench.Kim, undo, "back", null, CancellationToken.None);
        await bench.Runner.IdleAsync();

        var rows = (await ReadAsync(bench)).Rows;

        Assert.Equal((run.Id, rows[0].Id), (rows[0].UndoOf, rows[1].UndoneBy));
        Assert.False(rows[1].CanUndo);
    }

    [Fact]
    public async Task Read_AuditLogForbidden_ShowsOurOwnAndNamesThePermission()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        await bench.FaultAsync(new { kind = "denied", permission = "logging.logEntries.list" });

        var history = await ReadAsync(bench);

        Assert.Equal("logging.logEntries.list", Assert.IsType<CloudRunError.PermissionDenied>(history.GoogleError).Permission);
        Assert.Equal(run.Id, history.Rows[0].Id);
        Assert.Empty(history.Rows[0].Notes);
        Assert.All(history.Rows.Skip(1), static r => Assert.Contains("could not be read", Assert.Single(r.Notes), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_TrailIsDown_ShowsGooglesLogAndSaysSo()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        bench.ReadsFail = "The database is gone.";

        var history = await ReadUntilAsync(bench, Logged);

        Assert.Equal("The database is gone.", history.TrailProblem);
        Assert.Equal(HistoryOrigin.Unrecorded, history.Rows[0].Origin);
    }

    [Fact]
    public async Task Read_WithReceipt_HasItOnTheRow()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        await using var restarted = bench.Another(new Testing.SkippingTime(run.EndedAt!.Value.AddMinutes(12)));
        await restarted.ReceiptRunner.PassAsync(CancellationToken.None);

        Assert.Equal(ReceiptVerdict.CannotTell, (await ReadAsync(bench)).Rows[0].Receipt!.Verdict);
    }

    [Fact]
    public async Task Blame_OfTheHistory_NamesOurReasonAndGooglesAccount()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.ApplyAsync(Checkout, new SetInstanceLimits(1, null));
        await bench.PatchElsewhereAsync(Checkout, "scaling.maxInstanceCount", """{"scaling":{"maxInstanceCount":7}}""");
        await bench.UntilAsync(static s => s.Value is { Reconciling: false });
        var history = await ReadUntilAsync(bench, static h => h.Rows[0].Origin == HistoryOrigin.Elsewhere && Logged(h));
        var revisions = await bench.CloudRun.ListRevisionsAsync(Checkout, CancellationToken.None);

        var blame = Blame.Of(await bench.ReadAsync(Checkout), revisions.Items, history.Runs, history.Google.Book.Acts);

        var minimum = Assert.Single(blame, static s => s.Path == "scaling.minInstanceCount");
        Assert.Equal((BlameSource.Trail, "Sam", "because", "0"), (minimum.Origin!.Source, minimum.Origin.Who, minimum.Origin.Why, minimum.Before));
        var maximum = Assert.Single(blame, static s => s.Path == "scaling.maxInstanceCount");
        Assert.Equal((BlameSource.GoogleLog, "curl/8.9.1", "none set"), (maximum.Origin!.Source, maximum.Origin.Client, maximum.Before));
    }

    private static Task<ServiceHistory> ReadAsync(ChangeBench bench) => bench.Histories.ReadAsync(Checkout, 30, fresh: true, CancellationToken.None);

    /// <summary>Google's log shows an entry half a second after its time.</summary>
    private static async Task<ServiceHistory> ReadUntilAsync(ChangeBench bench, Func<ServiceHistory, bool> holds)
    {
        for (var left = 20; ; left--)
        {
            if (await ReadAsync(bench) is var history && (holds(history) || left == 0))
            {
                return history;
            }

            await Task.Delay(500);
        }
    }

    private static bool Logged(ServiceHistory history) => history.Rows[0] is { GoogleEntries.Count: 2 } or { GoogleEntries.Count: 1, Origin: HistoryOrigin.Console };
}
