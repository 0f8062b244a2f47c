using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>A change that takes a second person, before the simulated Cloud Run.</summary>
public sealed class ApprovalTests
{
    private const string Project = "acme-prod";
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");
    private static readonly ApprovalPolicy Everywhere = ApprovalPolicy.Default with { Projects = [Project] };

    [Fact]
    public async Task Start_LabelledService_IsRefusedWhateverTheScreenSays()
    {
        await using var bench = await LabelledAsync();
        var generation = await bench.GenerationAsync(Checkout);
        var answer = await bench.Desk.PlanAsync(Checkout, new SetConcurrency(7), CancellationToken.None);
        Assert.Contains("opsconsole-approval=required", answer.WhyApproval, StringComparison.Ordinal);

        var start = await bench.Runner.StartAsync(ChangeBench.Sam, PlanOf(answer), "because", null, CancellationToken.None);

        Assert.Contains("second person", Assert.IsType<ChangeError.NeedsApproval>(start.Error).Message, StringComparison.Ordinal);
        Assert.Equal(generation, await bench.GenerationAsync(Checkout));
        Assert.Empty(bench.Trail.Events);
    }

    [Fact]
    public async Task Start_WhetherItNeedsOneCannotBeRead_IsRefused()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        await bench.FaultAsync(new { kind = "status", status = 503, method = "GET" });

        Assert.IsType<ChangeError.NotKnown>((await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None)).Error);
        Assert.Empty(bench.Trail.Events);
    }

    [Fact]
    public async Task Approve_BySomebodyElse_AppliesTheSamePlanOnceWithBothOnTheRecord()
    {
        await using var bench = await LabelledAsync();
        var generation = await bench.GenerationAsync(Checkout);
        var request = await AskAsync(bench, new SetConcurrency(7));

        var approved = await bench.Approvals.ApproveAsync(ChangeBench.Ines, Project, request.Id, "checked the load test", CancellationToken.None);
        await bench.Runner.IdleAsync();

        Assert.Null(approved.Error);
        Assert.Equal(request.ChangeId, approved.Run!.Id);
        Assert.Equal(7, (await bench.ReadAsync(Checkout)).Template.MaxInstanceRequestConcurrency);
        Assert.Equal(generation + 1, await bench.GenerationAsync(Checkout));
        Assert.Equal(
            [
                (AuditActions.ApprovalRequest, "sam@acme.example", AuditOutcome.Unknown),
                (AuditActions.ApprovalDecision, "ines@acme.example", AuditOutcome.Success),
                (AuditActions.ChangeIntent, "sam@acme.example", AuditOutcome.Unknown),
                (AuditActions.ChangeOutcome, "opsconsole", AuditOutcome.Success),
            ],
            bench.Trail.Events.Select(static e => (e.Action, e.Actor.Id, e.Outcome)));
        var run = Assert.Single(await bench.History.OfAsync(Checkout, CancellationToken.None));
        Assert.Equal((request.Id, "Ines", "because"), (run.Approval, run.ApprovedBy, run.Reason));

        // The approval is used up.
        var again = await bench.Approvals.ApproveAsync(ChangeBench.Ines, Project, request.Id, "again", CancellationToken.None);
        Assert.Contains("Ines was first", Assert.IsType<ApprovalError.Decided>(again.Error).Message, StringComparison.Ordinal);
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(9));
        Assert.IsType<ChangeError.NotApproved>(
            (await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, new ChangeContext { Approval = request.Id }, CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Approve_OnesOwn_IsRefusedThroughWhateverRoleAndOnTheRecord()
    {
        await using var bench = await LabelledAsync();
        var both = new Actor("sam@acme.example", "Sam", [Role.Sre, Role.Approver]);
        var otherSpelling = both with { Id = "SAM@acme.example", Roles = [Role.Approver] };
        var request = await AskAsync(bench, new SetConcurrency(7));

        foreach (var self in (Actor[])[both, otherSpelling])
        {
            Assert.IsType<ApprovalError.OwnRequest>((await bench.Approvals.ApproveAsync(self, Project, request.Id, "fine", CancellationToken.None)).Error);
        }

        Assert.IsType<ApprovalError.MayNotDecide>((await bench.Approvals.ApproveAsync(ChangeBench.Kim, Project, request.Id, "fine", CancellationToken.None)).Error);
        Assert.Equal(3, bench.Trail.Events.Count(static e => e.Action == AuditActions.ApprovalDecision && e.Outcome == AuditOutcome.Denied));
        Assert.Equal(ApprovalState.Pending, (await bench.Book.FindAsync(Project, request.Id, CancellationToken.None))!.StateAt(TimeProvider.System.GetUtcNow()));
        Assert.DoesNotContain(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);
    }

    [Fact]
    public async Task Approve_ServiceChangedSince_SaysWhatAndClosesTheRequest()
    {
        await using var bench = await LabelledAsync();
        var request = await AskAsync(bench, new SetConcurrency(7));
        await bench.PatchAsync(Checkout, "scaling.maxInstanceCount", new { scaling = new { maxInstanceCount = 9 } });
        var generation = await bench.GenerationAsync(Checkout);

        var result = await bench.Approvals.ApproveAsync(ChangeBench.Ines, Project, request.Id, "fine", CancellationToken.None);

        var stale = Assert.IsType<ApprovalError.Stale>(result.Error);
        Assert.Equal(("scaling.maxInstanceCount", "9"), (Assert.Single(stale.Changed.Settings).Path, stale.Changed.Settings[0].After));
        Assert.Contains("A new plan is needed", stale.Message, StringComparison.Ordinal);
        Assert.Equal(ApprovalState.Stale, result.Request!.Decision!.State);
        Assert.Equal(generation, await bench.GenerationAsync(Checkout));
        Assert.IsType<ApprovalError.Decided>((await bench.Approvals.ApproveAsync(ChangeBench.Ines, Project, request.Id, "fine", CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Reject_WithAReason_AppliesNothing()
    {
        await using var bench = await LabelledAsync();
        var request = await AskAsync(bench, new SetConcurrency(7));

        Assert.IsType<ApprovalError.BadReason>((await bench.Approvals.RejectAsync(ChangeBench.Ines, Project, request.Id, " ", CancellationToken.None)).Error);
        var rejected = await bench.Approvals.RejectAsync(ChangeBench.Ines, Project, request.Id, "not before the sale", CancellationToken.None);

        Assert.Equal((ApprovalState.Rejected, "not before the sale", "Ines"), (rejected.Request!.Decision!.State, rejected.Request.Decision.Reason, rejected.Request.Decision.ActorName));
        Assert.DoesNotContain(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);
    }

    [Fact]
    public async Task Withdraw_ByTheOneWhoAsked_EndsIt()
    {
        await using var bench = await LabelledAsync();
        var request = await AskAsync(bench, new SetConcurrency(7));

        Assert.IsType<ApprovalError.NotYours>((await bench.Approvals.WithdrawAsync(ChangeBench.Kim, Project, request.Id, CancellationToken.None)).Error);
        Assert.Equal(ApprovalState.Withdrawn, (await bench.Approvals.WithdrawAsync(ChangeBench.Sam, Project, request.Id, CancellationToken.None)).Request!.Decision!.State);
        Assert.IsType<ApprovalError.Decided>((await bench.Approvals.ApproveAsync(ChangeBench.Ines, Project, request.Id, "fine", CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Ask_TwiceTheSame_IsOneRequest_AndNobodyAsksWhereNoneIsNeeded()
    {
        await using var bench = await LabelledAsync();
        var request = await AskAsync(bench, new SetConcurrency(7));

        Assert.Equal(request.Id, (await AskAsync(bench, new SetConcurrency(7))).Id);
        Assert.NotEqual(request.Id, (await AskAsync(bench, new SetConcurrency(8))).Id);

        var free = await bench.Desk.PlanAsync(ChangeBench.Service("search", "us-central1"), new SetConcurrency(7), CancellationToken.None);
        if (free.Planning is Planning.Ready)
        {
            Assert.IsType<ApprovalError.NotNeeded>((await bench.Approvals.AskAsync(ChangeBench.Sam, PlanOf(free), free.Input!, "because", null, CancellationToken.None)).Error);
        }
    }

    [Fact]
    public async Task Approve_TwoConsolesAtOnce_IsOneDecisionAndOnePatch()
    {
        await using var bench = await LabelledAsync();
        await using var other = bench.Another();
        var generation = await bench.GenerationAsync(Checkout);
        var request = await AskAsync(bench, new SetConcurrency(7));

        var results = await Task.WhenAll(
            bench.Approvals.ApproveAsync(ChangeBench.Ines, Project, request.Id, "yes", CancellationToken.None),
            other.Approvals.RejectAsync(new Actor("ida@acme.example", "Ida", [Role.Approver]), Project, request.Id, "no", CancellationToken.None));
        await bench.Runner.IdleAsync();
        await other.Runner.IdleAsync();

        var decision = Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ApprovalDecision);
        Assert.Single(results, static r => r.Error is ApprovalError.Decided);
        Assert.Equal(generation + (decision.Outcome == AuditOutcome.Success ? 1 : 0), await bench.GenerationAsync(Checkout));
        Assert.Equal(
            (await bench.Book.FindAsync(Project, request.Id, CancellationToken.None))!.Decision,
            (await other.Book.FindAsync(Project, request.Id, CancellationToken.None))!.Decision);
    }

    [Fact]
    public async Task Tidy_AfterTheTime_RecordsTheExpiryOnce()
    {
        await using var bench = await LabelledAsync();
        var request = await AskAsync(bench, new SetConcurrency(7));
        var later = new SkippingTime(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(25));
        await using var tomorrow = bench.Another(later);
        await using var third = bench.Another(later);

        Assert.IsType<ApprovalError.Decided>((await tomorrow.Approvals.ApproveAsync(ChangeBench.Ines, Project, request.Id, "late", CancellationToken.None)).Error);
        await tomorrow.Approvals.TidyAsync(CancellationToken.None);
        await third.Approvals.TidyAsync(CancellationToken.None);

        Assert.Equal("opsconsole", Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ApprovalDecision).Actor.Id);
        Assert.Equal(ApprovalState.Expired, (await third.Book.FindAsync(Project, request.Id, CancellationToken.None))!.Decision!.State);
    }

    [Fact]
    public async Task Tidy_ConsoleStoppedBetweenApprovalAndChange_AppliesItOnce()
    {
        await using var bench = await LabelledAsync();
        var generation = await bench.GenerationAsync(Checkout);
        var request = await AskAsync(bench, new SetConcurrency(7));

        // What is left when a console stops right after the decision: the decision without an intent.
        await bench.Trail.RecordAsync(
            new ApprovalEvents(TimeProvider.System).Decision(ChangeBench.Ines, request, ApprovalState.Approved, "fine"), CancellationToken.None);
        var soon = new SkippingTime(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1));
        await using var one = bench.Another(soon, "console-2");
        await using var two = bench.Another(soon, "console-3");

        await Task.WhenAll(one.Approvals.TidyAsync(CancellationToken.None), two.Approvals.TidyAsync(CancellationToken.None));
        await one.Runner.IdleAsync();
        await two.Runner.IdleAsync();

        Assert.Equal(generation + 1, await bench.GenerationAsync(Checkout));
        Assert.Equal(request.ChangeId, Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent).Id);
    }

    [Fact]
    public async Task Plan_ProjectOfTheSetting_TakesASecondPersonForUndoToo()
    {
        await using var bench = await ChangeBench.StartAsync(approvals: Everywhere);

        var answer = await bench.Desk.PlanAsync(Checkout, new SetConcurrency(7), CancellationToken.None);

        Assert.Contains("Changes in the project acme-prod take a second person", answer.WhyApproval, StringComparison.Ordinal);
        Assert.IsType<ChangeError.NeedsApproval>((await bench.Runner.StartAsync(ChangeBench.Sam, PlanOf(answer), "because", null, CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Approve_TrailIsDead_AppliesNothing()
    {
        await using var bench = await LabelledAsync();
        var request = await AskAsync(bench, new SetConcurrency(7));
        var generation = await bench.GenerationAsync(Checkout);
        bench.Trail.Dead = "The database is gone.";

        Assert.IsType<ApprovalError.NotRecorded>((await bench.Approvals.ApproveAsync(ChangeBench.Ines, Project, request.Id, "fine", CancellationToken.None)).Error);

        bench.Trail.Dead = null;
        Assert.Equal(generation, await bench.GenerationAsync(Checkout));
    }

    private static Plan PlanOf(DeskAnswer answer) => Assert.IsType<Planning.Ready>(answer.Planning).Plan;

    private static async Task<ChangeBench> LabelledAsync()
    {
        var bench = await ChangeBench.StartAsync();
        await bench.PatchAsync(Checkout, "labels", new { labels = new Dictionary<string, string> { [ApprovalPolicy.Label] = ApprovalPolicy.Required } });
        return bench;
    }

    private static async Task<ApprovalRequest> AskAsync(ChangeBench bench, Change change)
    {
        var answer = await bench.Desk.PlanAsync(Checkout, change, CancellationToken.None);
        var asked = await bench.Approvals.AskAsync(ChangeBench.Sam, PlanOf(answer), answer.Input!, "because", null, CancellationToken.None);
        Assert.Null(asked.Error);
        return asked.Request!;
    }
}
