using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Running;

/// <summary>
/// Where a change is planned: reads the resource anew, plans on it, and asks the API in a dry run. Writes nothing.
/// </summary>
public sealed class ChangeDesk(ICloudRun cloudRun, ICloudRunWriter writer, ConnectionBudgets connections, ApprovalPolicy approvals, ObservedUsages? usages = null, ChangeRules? rules = null, ChangeHistory? history = null)
{
    private const int Attempts = 3;

    /// <summary>Plans a change of a service or worker pool on its state of this moment.</summary>
    public Task<DeskAnswer> PlanAsync(ResourceName resource, Change change, CancellationToken cancellationToken) => resource.Collection == "jobs"
        ? PlanJobAsync(resource, change, cancellationToken)
        : PlanAsync(resource, _ => new UndoOrChange(change, []), cancellationToken);

    /// <summary>Plans the change that takes another back, on the state of this moment.</summary>
    public async Task<DeskAnswer> PlanUndoAsync(ChangeRun undone, CancellationToken cancellationToken)
    {
        if (undone.Settings.Count == 0)
        {
            return new DeskAnswer { Planning = new Planning.Refused([new Refusal("", "It changed no setting: what was run or cancelled cannot be taken back.")]) };
        }

        var later = await LaterAsync(undone, cancellationToken);
        return await PlanAsync(
            undone.Resource,
            input =>
            {
                var modifier = ServiceDocument.Parse(input.RawJson) is { } document ? ServiceDocument.Text(document.Root, "lastModifier") : "";
                var undo = Undo.Of(
                    undone.Id, undone.Title, undone.Settings, input.RawJson, modifier, path => later.FirstOrDefault(r => r.Settings.Any(s => s.Path == path)));
                return new UndoOrChange(undo.Change, undo.Refusals);
            },
            cancellationToken);
    }

    /// <summary>What changed between two states of a resource, and who wrote the newer one.</summary>
    public static Meanwhile Compare(string before, string now) =>
        ServiceDocument.Parse(before) is { } old && ServiceDocument.Parse(now) is { } present
            ? new Meanwhile(ServiceDocument.Text(present.Root, "lastModifier"), SettingDiff.Compare(old, present))
            : new Meanwhile("", []);

    // Jobs have no dry run here: nothing of them is changed, and running one for a test is running one.
    private async Task<DeskAnswer> PlanJobAsync(ResourceName resource, Change change, CancellationToken cancellationToken)
    {
        var executions = cloudRun.ListExecutionsAsync(resource, cancellationToken);
        var jobs = await cloudRun.ListJobsAsync(resource.Project, cancellationToken);
        var found = jobs.Items.FirstOrDefault(j => j.Name == resource);
        return found is null
            ? new DeskAnswer { Error = jobs.Failures is [var failure, ..] ? failure.Error : new CloudRunError.NotFound($"The job {resource.Id}") }
            : new DeskAnswer { Input = new PlanInput { Resource = resource, RawJson = found.RawJson }, Planning = JobPlanner.Plan(found, (await executions).Items, change) };
    }

    private async Task<DeskAnswer> PlanAsync(ResourceName resource, Func<PlanInput, UndoOrChange> changeOf, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (input, error) = await ReadAsync(resource, cancellationToken);
            if (input is null)
            {
                return new DeskAnswer { Error = error };
            }

            var why = approvals.WhyNeeded(resource, input.RawJson);
            var (change, refusals) = changeOf(input);
            var planning = change is null ? new Planning.Refused(refusals) : Planner.Plan(input, change);
            if (planning is not Planning.Ready { Plan: var plan })
            {
                return new DeskAnswer { Input = input, Planning = planning, WhyApproval = why };
            }

            var dry = await writer.PatchAsync(plan.Resource, plan.Body, plan.Mask, validateOnly: true, cancellationToken);
            if (dry.Error is CloudRunError.Conflict && attempt < Attempts)
            {
                // Written between the reading and the dry run: nothing was shown yet, so it is simply read again.
                continue;
            }

            return dry.IsOk ? new DeskAnswer { Input = input, Planning = planning, WhyApproval = why }
                : ApiRefusal.Of(dry.Error, change!) is { } refusal ? new DeskAnswer { Input = input, Planning = new Planning.Refused([refusal]), WhyApproval = why }
                : new DeskAnswer { Input = input, Planning = planning, NotChecked = dry.Error, WhyApproval = why };
        }
    }

    private async Task<(PlanInput? Input, CloudRunError? Error)> ReadAsync(ResourceName resource, CancellationToken cancellationToken)
    {
        if (resource.Collection == "workerPools")
        {
            var pool = await cloudRun.GetWorkerPoolAsync(resource, cancellationToken);
            return pool.IsOk ? (PlanInput.Of(pool.Value), null) : (null, pool.Error);
        }

        var service = cloudRun.GetServiceAsync(resource, cancellationToken);
        var budget = BudgetAsync(resource, cancellationToken);
        var revisions = await cloudRun.ListRevisionsAsync(resource, cancellationToken);
        return (await service) is { IsOk: true, Value: var found }
            ? (PlanInput.Of(found, revisions.Items) with { Connections = await budget, Usage = usages?.Of(resource), Quota = rules?.Quota }, null)
            : (null, (await service).Error);
    }

    // For the explanation alone: without the trail, the account that wrote the service has to do.
    private async Task<IReadOnlyList<ChangeRun>> LaterAsync(ChangeRun undone, CancellationToken cancellationToken)
    {
        try
        {
            return history is null ? []
                : [.. (await history.OfAsync(undone.Resource, undone.StartedAt, cancellationToken)).Where(r => r.Id != undone.Id && r.Phase == ChangePhase.Succeeded)];
        }
        catch (AuditUnavailableException)
        {
            return [];
        }
    }

    // A plan without it lacks a warning; without the trail nothing can be applied, and that says so itself.
    private async Task<ConnectionBudget?> BudgetAsync(ResourceName service, CancellationToken cancellationToken)
    {
        try
        {
            return (await connections.FindAsync(service, cancellationToken)).Budget;
        }
        catch (AuditUnavailableException)
        {
            return null;
        }
    }

    /// <summary>The change to plan; null with refusals.</summary>
    private sealed record UndoOrChange(Change? Change, IReadOnlyList<Refusal> Refusals);
}
