using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Changes.Running;

/// <summary>
/// Sends an act on a job once and finds out what became of it. A run is over when its execution was started (the execution has a
/// life, and a row, of its own); a cancellation when the execution has ended.
/// </summary>
internal sealed class JobFollower(ICloudRun cloudRun, ICloudRunWriter writer, ChangeBoard board, ChangeRules rules, TimeProvider time)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    /// <summary>How far the console's clock may be ahead of Google's.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);
    private const int LateLooks = 3;

    /// <summary>True for the acts that this follows.</summary>
    public static bool Follows(Change change) => change is RunJob or CancelExecution;

    /// <summary>Sends the act and follows it.</summary>
    public async Task<ChangeRun> SendAsync(ChangeRun run, CancellationToken cancellationToken)
    {
        CrashPoints.At(CrashStep.JobSending);
        var sent = run.Change is CancelExecution cancel
            ? await writer.CancelExecutionAsync(ResourceName.Parse($"{run.Resource.Value}/executions/{cancel.Execution}"), cancellationToken)
            : await writer.RunJobAsync(run.Resource, run.Etag, cancellationToken);
        if (sent.IsOk)
        {
            CrashPoints.At(CrashStep.JobAnswered);
            run = Step(run with { Phase = ChangePhase.Deploying, Operation = sent.Value.Name }, "Cloud Run took it.");
            return run.Change is CancelExecution ? await UntilEndedAsync(run, cancellationToken) : await StartedAsync(run, sent.Value, cancellationToken);
        }

        switch (sent.Error)
        {
            case CloudRunError.Conflict:
                return Step(run with { Phase = ChangePhase.Conflict, Message = $"Nothing was started: somebody changed {run.Resource.Id} after it was read. Look at it, and plan again." }, "Refused: the job was changed meanwhile.");
            case CloudRunError.Unavailable or CloudRunError.QuotaExceeded or CloudRunError.BadAnswer:
                // It may have taken all the same: looking tells, sending again might run the job twice.
                run = Step(run, $"No clear answer: {sent.Error.Message} Looking whether it took.");
                return await LookAsync(run, time.GetUtcNow() + (Late * LateLooks), cancellationToken);
            default:
                var denied = sent.Error is CloudRunError.PermissionDenied or CloudRunError.ActAsDenied or CloudRunError.NotAuthenticated;
                return Step(run with { Phase = ChangePhase.Failed, Denied = denied, Message = $"Nothing was done. {sent.Error!.Message}" }, "Refused.");
        }
    }

    /// <summary>Finds out from the executions alone whether an act took.</summary>
    /// <param name="run">The act.</param>
    /// <param name="lateUntil">Until then it may still be on its way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ChangeRun> LookAsync(ChangeRun run, DateTimeOffset lateUntil, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (executions, error) = await ExecutionsAsync(run.Resource, cancellationToken);
            if (executions is null)
            {
                return NotSeen(run, $"What became of it cannot be seen: {error!.Message}");
            }

            if (run.Change is CancelExecution cancel)
            {
                var execution = executions.FirstOrDefault(e => e.Name.Id == cancel.Execution);
                if (execution is null || execution.CompletionTime is not null)
                {
                    return Ended(run, execution);
                }
            }
            else if (executions.Where(e => e.CreateTime >= run.StartedAt - Skew).ToList() is { Count: > 0 } since)
            {
                return since is [var one]
                    ? Step(run with { Phase = ChangePhase.Succeeded, Revision = one.Name.Id, Message = $"The execution {one.Name.Id} was started." }, "Started.")
                    : run with { Phase = ChangePhase.Unknown, Message = $"Executions that were started since: {string.Join(", ", since.Select(static e => e.Name.Id))}. Which of them is this one cannot be told." };
            }

            if (time.GetUtcNow() >= lateUntil)
            {
                return run with { Phase = ChangePhase.Failed, Message = run.Change is CancelExecution ? "The cancellation never took: the execution goes on." : "It never took: no execution was started since." };
            }

            await Task.Delay(Late, time, cancellationToken);
        }
    }

    private async Task<ChangeRun> StartedAsync(ChangeRun run, Operation operation, CancellationToken cancellationToken)
    {
        if (operation.Error is { } failure && operation.Done)
        {
            return Step(run with { Phase = ChangePhase.Failed, Message = $"Cloud Run could not start it: {failure}" }, "Failed.");
        }

        var name = NameOf(operation.ResourceJson);
        return name.Length > 0
            ? Step(run with { Phase = ChangePhase.Succeeded, Revision = name, Message = $"The execution {name} was started. Its row among the executions of the job shows how it goes." }, "Started.")
            : await LookAsync(run, time.GetUtcNow() + (Late * LateLooks), cancellationToken);
    }

    private async Task<ChangeRun> UntilEndedAsync(ChangeRun run, CancellationToken cancellationToken)
    {
        var execution = ((CancelExecution)run.Change).Execution;
        var begin = time.GetTimestamp();
        for (var pause = ShortestPoll; ; pause = pause < LongestPoll ? pause * 1.3 : pause)
        {
            var (executions, error) = await ExecutionsAsync(run.Resource, cancellationToken);
            if (executions is null)
            {
                return NotSeen(run, $"Cloud Run took it; how it ended cannot be seen: {error!.Message}");
            }

            var found = executions.FirstOrDefault(e => e.Name.Id == execution);
            if (found is null || found.CompletionTime is not null)
            {
                return Ended(run, found);
            }

            if (time.GetElapsedTime(begin) > rules.LongestDeployment)
            {
                return NotSeen(run, string.Create(CultureInfo.InvariantCulture, $"Cloud Run took it and had not ended the execution after {rules.LongestDeployment.TotalMinutes:0} minutes."));
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private ChangeRun Ended(ChangeRun run, Execution? execution) => execution switch
    {
        null => Step(run with { Phase = ChangePhase.Failed, Message = "The execution was deleted meanwhile." }, "Deleted meanwhile."),
        { CancelledCount: 0 } when execution.SucceededCount + execution.FailedCount >= execution.TaskCount =>
            Step(run with { Phase = ChangePhase.Failed, Revision = execution.Name.Id, Message = "The execution ended by itself before it could be cancelled." }, "Ended by itself."),
        _ => Step(
            run with
            {
                Phase = ChangePhase.Succeeded,
                Revision = execution.Name.Id,
                Message = string.Create(CultureInfo.InvariantCulture, $"Cancelled. {execution.SucceededCount} of {execution.TaskCount} tasks had been done."),
            },
            "Cancelled."),
    };

    private static ChangeRun NotSeen(ChangeRun run, string message) => run with { Phase = ChangePhase.Unknown, LeftOpen = true, Message = message };

    /// <summary>Reads the executions; a failure that may pass is waited out for a while.</summary>
    private async Task<(IReadOnlyList<Execution>? Executions, CloudRunError? Error)> ExecutionsAsync(ResourceName job, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var read = await cloudRun.ListExecutionsAsync(job, cancellationToken);
            if (read.Failures is not [var failure, ..])
            {
                return (read.Items, null);
            }

            if (attempt >= 5 || failure.Error is not (CloudRunError.Unavailable or CloudRunError.QuotaExceeded or CloudRunError.BadAnswer))
            {
                return (null, failure.Error);
            }

            await Task.Delay(LongestPoll / 2, time, cancellationToken);
        }
    }

    private static string NameOf(string json)
    {
        try
        {
            return json.Length > 0 && JsonNode.Parse(json) is JsonObject resource ? ResourceName.ShortName(ServiceDocument.Text(resource, "name")) : "";
        }
        catch (System.Text.Json.JsonException)
        {
            return "";
        }
    }

    private ChangeRun Step(ChangeRun run, string text)
    {
        run = run with { Steps = [.. run.Steps, new ChangeStep(time.GetUtcNow(), text)] };
        board.Set(run);
        return run;
    }
}
