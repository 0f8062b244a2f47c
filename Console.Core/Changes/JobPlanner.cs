using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>Plans the acts on a job. No setting changes, so there is nothing to compare: the plan says what runs, or what stops. Pure.</summary>
internal static class JobPlanner
{
    /// <summary>Plans an act, or says why not.</summary>
    /// <param name="job">The job.</param>
    /// <param name="executions">Its executions, newest first; empty where they could not be read.</param>
    /// <param name="change">The act.</param>
    public static Planning Plan(Job job, IReadOnlyList<Execution> executions, Change change) => change switch
    {
        RunJob => Run(job, executions, change),
        CancelExecution cancel => Cancel(job, executions, cancel),
        _ => new Planning.Refused([new Refusal("", "The console changes no settings of jobs: it runs them, and cancels their executions.")]),
    };

    private static Planning.Ready Run(Job job, IReadOnlyList<Execution> executions, Change change)
    {
        List<PlanWarning> warnings = [.. executions
            .Where(static e => e.CompletionTime is null)
            .Select(static e => new PlanWarning($"The execution {e.Name.Id} has not ended: a second one runs beside it.", new CancelExecution(e.Name.Id)))];
        if (job.TerminalCondition is { State: ConditionState.Failed } failed)
        {
            warnings.Add(new PlanWarning($"The job is not ready ({failed.Message.TrimEnd('.')}): the execution may fail the same way."));
        }

        return new Planning.Ready(Of(job, change) with
        {
            Body = job.Etag.Length == 0 ? "{}" : $"{{\"etag\":\"{JsonEncodedText.Encode(job.Etag)}\"}}",
            Timing = $"An execution starts at once: {Tasks(job.TaskCount)}{AtOnce(job)}, {Tries(job)}.",
            Restarts = "Nothing restarts.",
            Cost = new CostEffect(CostDirection.Up, "The execution costs the CPU and memory of its tasks for as long as they run. How long that will be is not known here."),
            Warnings = warnings,
        });
    }

    private static Planning Cancel(Job job, IReadOnlyList<Execution> executions, CancelExecution change)
    {
        if (executions.FirstOrDefault(e => e.Name.Id == change.Execution) is not { } execution)
        {
            return new Planning.Refused([new Refusal("", $"There is no execution {change.Execution} of this job (any more).")]);
        }

        if (execution.CompletionTime is not null)
        {
            return new Planning.Nothing($"{change.Execution} has ended already: there is nothing to cancel.");
        }

        return new Planning.Ready(Of(job, change) with
        {
            Body = "{}",
            Timing = "Takes effect at once, and cannot be taken back: a cancelled execution does not go on; the job can be run anew.",
            Restarts = string.Create(
                CultureInfo.InvariantCulture,
                $"Running tasks are stopped; {execution.SucceededCount} of {Tasks(execution.TaskCount)} are done and stay done."),
            Cost = new CostEffect(CostDirection.Down, "Tasks that are stopped cost nothing more."),
        });
    }

    private static Plan Of(Job job, Change change) => new()
    {
        Resource = job.Name,
        Change = change,
        Settings = [],
        Body = "",
        Mask = [],
        Etag = job.Etag,
        NewRevision = false,
        LatestRevision = "",
        Timing = "",
        Traffic = "A job takes no requests.",
        Restarts = "",
        Cost = new CostEffect(CostDirection.Unknown, ""),
    };

    private static string AtOnce(Job job) =>
        job.TaskCount <= 1 ? ""
        : job.Parallelism == 0 ? ", as many at once as possible"
        : string.Create(CultureInfo.InvariantCulture, $", {job.Parallelism} at once");

    private static string Tries(Job job) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(job.MaxRetries == 0 ? "tried once" : $"tried up to {job.MaxRetries + 1} times")}, for {job.Timeout.TotalSeconds:0} s at most{(job.MaxRetries == 0 ? "" : " each time")}");

    private static string Tasks(int count) => count == 1 ? "1 task" : string.Create(CultureInfo.InvariantCulture, $"{count} tasks");
}
