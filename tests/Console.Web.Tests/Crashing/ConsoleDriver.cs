using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Crashing;
using OpsConsole.Web.Hosting;
using Answer = OpsConsole.Web.Tests.Crashing.CrashingProgram.Answer;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>Does in a running console what its pages do when somebody clicks, through the same doors of Core. An answer is what the page would show.</summary>
internal sealed class ConsoleDriver(ConsoleHost host)
{
    private static readonly Actor Ada = new("ada@acme.example", "Ada", [Role.Sre]);
    private static readonly Actor Ben = new("ben@acme.example", "Ben", [Role.Approver]);
    private static readonly Actor Cleo = new("cleo@acme.example", "Cleo", [Role.Compliance]);
    private static readonly Actor Dora = new("dora@acme.example", "Dora", [Role.Compliance]);
    private static readonly Actor Root = new("root@acme.example", "Root", [Role.Admin]);

    /// <summary>Does one thing.</summary>
    public async Task<Answer> DoAsync(string[] words) => words switch
    {
        ["arm", var step] => Arm(step),
        ["token", var name] => await TokenAsync(name),
        ["role", var whom] => await RoleAsync(whom),
        ["change", var resource, var change] => await ApplyAsync(await Get<ChangeDesk>().PlanAsync(ResourceName.Parse(resource), ChangeJson.Read(change)!, default)),
        ["undo", var id] => await ApplyAsync(await Get<ChangeDesk>().PlanUndoAsync((await FindAsync(id))!, default)),
        ["look", var id] => await LookAsync(id),
        ["bulk", var change, .. var resources] => await BulkAsync(change, resources),
        ["bulk-look", var id] => await BulkLookAsync(id),
        ["move-look", var resource, var id] => await MoveLookAsync(ResourceName.Parse(resource), id),
        ["ask", var resource, var change] => await AskAsync(ResourceName.Parse(resource), change),
        ["approve", var id] => Of(await Get<ApprovalDesk>().ApproveAsync(Ben, GoogleWiring.DemoProject, id, "Looks right.", default)),
        ["erase", var workspace, var id] => Of(await Get<RetentionDesk>().AskEraseEventAsync(Cleo, workspace, id, [], "They asked us to.", default)),
        ["decide", var id] => Of(await Get<RetentionDesk>().DecideAsync(Dora, id, approve: true, "So they did.", default)),
        _ => Answer.No($"What is {string.Join(' ', words)}?"),
    };

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    private static Answer Arm(string step)
    {
        CrashPoints.Arm(Enum.Parse<CrashStep>(step), 1);
        return Answer.Of(step);
    }

    private static Answer Of(RetentionAnswer answer) => answer switch
    {
        RetentionAnswer.Done done => Answer.Of(done.Id),
        RetentionAnswer.Refused refused => Answer.No(refused.Sentence),
        _ => Answer.No("?"),
    };

    private static Answer Of(ApprovalResult result) => result.IsOk ? Answer.Of(result.Request.Id) : Answer.No(result.Error.Message);

    private async Task<Answer> TokenAsync(string name)
    {
        var made = await Get<ApiTokens>().MakeAsync(Root, new ApiTokenRequest(name, CrashWorld.Workspace, ApiScope.AppendEvents, 30), default);
        return made.Secret is { } secret ? Answer.Of(secret) : Answer.No(made.Error!.Message);
    }

    private async Task<Answer> RoleAsync(string whom) =>
        await Get<RoleDesk>().AssignAsync(Root, new RoleRequest(Role.Viewer, whom, AccessScope.Everything), default) is { } error ? Answer.No(error.Message) : Answer.Of(whom);

    // As the dialog: it shows the plan, and Apply applies it.
    private async Task<Answer> ApplyAsync(DeskAnswer planned)
    {
        if (planned.Planning is not Planning.Ready { Plan: var plan })
        {
            return Answer.No(planned.Error?.Message ?? (planned.Planning as Planning.Refused)?.Refusals[0].Reason ?? "It is so already.");
        }

        var start = await Get<ChangeGate>().ApplyAsync(Ada, plan, "Crash-point test.", plan.TypeToConfirm, default);
        return start.IsOk ? Answer.Of(start.Run.Id) : Answer.No(start.Error.Message);
    }

    private async Task<ChangeRun?> FindAsync(string id) =>
        Get<ChangeBoard>().Find(id) ?? await Get<ChangeHistory>().FindAsync([GoogleWiring.DemoProject], id, default);

    // Phase, whether the trail holds the outcome, and the last line that people see.
    private async Task<Answer> LookAsync(string id) => await FindAsync(id) is { } run
        ? Answer.Of($"{run.Phase} {(run.OutcomeRecorded ? "recorded" : "open")} {(run.Message.Length > 0 ? run.Message : (run.Steps is [.., var last] ? last.Text : ""))}")
        : Answer.No("There is no such change.");

    private async Task<Answer> BulkAsync(string change, string[] resources)
    {
        var plan = await Get<BulkPlanner>().PlanAsync([.. resources.Select(ResourceName.Parse)], ChangeJson.Read(change)!, null, default);
        var start = await Get<BulkRunner>().StartAsync(Ada, plan, "Crash-point test.", plan.TypeToConfirm, receiptFirst: false, default);
        return start.IsOk ? Answer.Of(start.Run.Id) : Answer.No(start.Error);
    }

    private async Task<Answer> BulkLookAsync(string id) => await Get<BulkHistory>().FindAsync(id, default) is { } run
        ? Answer.Of($"{(run.IsOver ? "ended" : "open")} {string.Join(' ', run.Rows.Select(static r => r.State))}")
        : Answer.No("There is no such bulk.");

    private async Task<Answer> MoveLookAsync(ResourceName resource, string id) => await Get<MoveHistory>().FindAsync(resource, id, default) is { } move
        ? Answer.Of($"{move.State} {(move.IsRecorded ? "recorded" : "open")} {string.Join(' ', move.Steps.Select(static s => s.Change is null ? "-" : $"{s.Change.Phase}"))}")
        : Answer.No("There is no such move.");

    private async Task<Answer> AskAsync(ResourceName resource, string change)
    {
        var planned = await Get<ChangeDesk>().PlanAsync(resource, ChangeJson.Read(change)!, default);
        return planned.Planning is Planning.Ready { Plan: var plan }
            ? Of(await Get<ApprovalDesk>().AskAsync(Ada, plan, planned.Input!, "Crash-point test.", plan.TypeToConfirm, default))
            : Answer.No(planned.Error?.Message ?? "It is so already.");
    }
}
