using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>Consoles that share nothing but a PostgreSQL and the project: each with connections, board and memory of its own.</summary>
public sealed class TwoConsolesTests
{
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    [Fact]
    public async Task Start_FourConsolesAtOnce_OneIntentOnePatchAndTheOthersSeeTheFirst()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 1);
        List<ChangeBench> consoles = [.. Enumerable.Range(0, 4).Select(i => On(bench, database, $"console-{i}"))];
        var plans = await Task.WhenAll(consoles.Select((c, i) => c.PlanAsync(Checkout, new SetConcurrency(7 + i))));
        var generation = await bench.GenerationAsync(Checkout);

        var starts = await Task.WhenAll(consoles.Select((c, i) => c.Runner.StartAsync(i % 2 == 0 ? ChangeBench.Sam : ChangeBench.Kim, plans[i], "because", null, CancellationToken.None)));
        var first = Assert.Single(starts, static s => s.IsOk).Run!;
        Assert.All(starts.Where(static s => !s.IsOk), s => Assert.Equal(first.Id, Assert.IsType<ChangeError.UnderWay>(s.Error).Other.Id));
        await Task.WhenAll(consoles.Select(static c => c.Runner.IdleAsync()));

        Assert.Equal(generation + 1, await bench.GenerationAsync(Checkout));
        foreach (var console in consoles)
        {
            Assert.Equal((ChangePhase.Succeeded, true), (console.Board.Find(first.Id)!.Phase, console.Board.Find(first.Id)!.OutcomeRecorded));
            Assert.Equal(first.Id, Assert.Single(await console.History.OfAsync(Checkout, CancellationToken.None)).Id);
            await console.DisposeAsync();
        }
    }

    [Fact]
    public async Task Approve_AtAnotherConsoleThanItWasAskedAt_IsOneDecisionForBoth()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var bench = await ChangeBench.StartAsync();
        await bench.PatchAsync(Checkout, "labels", new { labels = new Dictionary<string, string> { [ApprovalPolicy.Label] = ApprovalPolicy.Required } });
        await using var one = On(bench, database, "console-1");
        await using var two = On(bench, database, "console-2");
        var answer = await one.Desk.PlanAsync(Checkout, new SetConcurrency(7), CancellationToken.None);
        var asked = await one.Approvals.AskAsync(ChangeBench.Sam, Assert.IsType<Planning.Ready>(answer.Planning).Plan, answer.Input!, "because", null, CancellationToken.None);

        var results = await Task.WhenAll(
            two.Approvals.ApproveAsync(ChangeBench.Ines, "acme-prod", asked.Request!.Id, "fine", CancellationToken.None),
            one.Approvals.ApproveAsync(ChangeBench.Ines with { Id = "ida@acme.example" }, "acme-prod", asked.Request.Id, "fine too", CancellationToken.None));
        await one.Runner.IdleAsync();
        await two.Runner.IdleAsync();

        Assert.Single(results, static r => r.IsOk);
        Assert.IsType<ApprovalError.Decided>(Assert.Single(results, static r => !r.IsOk).Error);
        Assert.Equal(7, (await bench.ReadAsync(Checkout)).Template.MaxInstanceRequestConcurrency);
        Assert.Equal(
            (await one.Book.FindAsync("acme-prod", asked.Request.Id, CancellationToken.None))!.Decision,
            (await two.Book.FindAsync("acme-prod", asked.Request.Id, CancellationToken.None))!.Decision);
        Assert.Single(await two.History.OfAsync(Checkout, CancellationToken.None));
    }

    private static ChangeBench On(ChangeBench bench, TestDatabase database, string console)
    {
        var signals = new SealSignals();
        return bench.AnotherOn(
            new Core.AuditTrail.AuditTrail(new AuditStore(database.Database, TimeProvider.System, signals)), new AuditReader(database.Database, TimeProvider.System, signals), console);
    }
}
