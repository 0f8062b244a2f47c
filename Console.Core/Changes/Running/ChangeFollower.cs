using System.Globalization;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Changes.Running;

/// <summary>
/// Sends a change once and finds out what becomes of it: by its operation, or, where that cannot be read, by the resource itself.
/// Each step goes to the board; the result is the change at its end (<see cref="ChangeRun.LeftOpen"/> where the end
/// could not be seen).
/// </summary>
internal sealed class ChangeFollower(ICloudRun cloudRun, ICloudRunWriter writer, ChangeBoard board, ChangeRules rules, TimeProvider time)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(10);

    /// <summary>How long a write whose answer was lost may still arrive.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    private const int LateLooks = 3;

    private readonly JobFollower _jobs = new(cloudRun, writer, board, rules, time);

    /// <summary>Sends the PATCH and follows it.</summary>
    public async Task<ChangeRun> SendAsync(ChangeRun run, string body, IReadOnlyList<string> mask, CancellationToken cancellationToken)
    {
        if (JobFollower.Follows(run.Change))
        {
            return await _jobs.SendAsync(run, cancellationToken);
        }

        CrashPoints.At(CrashStep.ChangeSending);
        var sent = await writer.PatchAsync(run.Resource, body, mask, validateOnly: false, cancellationToken);
        if (sent.IsOk)
        {
            CrashPoints.At(CrashStep.ChangeAnswered);
            run = Step(run with { Phase = ChangePhase.Deploying, Operation = sent.Value.Name }, "Cloud Run took the change.");
            return await FollowAsync(run, sent.Value, cancellationToken);
        }

        switch (sent.Error)
        {
            case CloudRunError.Conflict:
                return await ConflictAsync(run, cancellationToken);
            case CloudRunError.Unavailable or CloudRunError.QuotaExceeded or CloudRunError.BadAnswer:
                // It may have taken all the same: looking tells, sending again might apply it twice.
                run = Step(run, $"No clear answer: {sent.Error.Message} Looking whether the change took.");
                return await LookAsync(run, time.GetUtcNow() + (Late * LateLooks), cancellationToken);
            default:
                var denied = sent.Error is CloudRunError.PermissionDenied or CloudRunError.ActAsDenied or CloudRunError.NotAuthenticated;
                return Step(run with { Phase = ChangePhase.Failed, Denied = denied, Message = $"Nothing was changed. {sent.Error!.Message}" }, "Refused.");
        }
    }

    /// <summary>Finds out from the resource alone whether a change took, and follows it to its end if so.</summary>
    /// <param name="run">The change.</param>
    /// <param name="lateUntil">Until then the write may still be on its way; a resource that is as it was is looked at again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ChangeRun> LookAsync(ChangeRun run, DateTimeOffset lateUntil, CancellationToken cancellationToken)
    {
        if (JobFollower.Follows(run.Change))
        {
            return await _jobs.LookAsync(run, lateUntil, cancellationToken);
        }

        while (true)
        {
            var read = await ReadAsync(run, cancellationToken);
            if (read.Error is { } error)
            {
                return error is CloudRunError.NotFound
                    ? run with { Phase = ChangePhase.Failed, Message = $"{run.Resource.Id} was deleted meanwhile." }
                    : run with { Phase = ChangePhase.Unknown, LeftOpen = true, Message = $"What became of it cannot be seen: {error.Message}" };
            }

            var target = read.Value!;
            if (target.Etag != run.Etag)
            {
                return target.Has(run.Settings)
                    ? await FollowResourceAsync(Step(run with { Phase = ChangePhase.Deploying }, "The change took."), target, cancellationToken)
                    : run with { Phase = ChangePhase.Unknown, Message = $"{Who(target)} wrote it after the change was sent, and its settings are others now: whether the change took in between cannot be told." };
            }

            if (time.GetUtcNow() >= lateUntil)
            {
                return run with { Phase = ChangePhase.Failed, Message = $"The change never took: {run.Resource.Id} is as it was before." };
            }

            await Task.Delay(Late, time, cancellationToken);
        }
    }

    private static string Who(Target target) => target.LastModifier.Length > 0 ? target.LastModifier : "Somebody";

    private async Task<ChangeRun> ConflictAsync(ChangeRun run, CancellationToken cancellationToken)
    {
        var read = await Target.ReadAsync(cloudRun, run.Resource, cancellationToken);
        var who = board.WrittenOver(run.Resource, run.Etag) is { } first ? $"{first.ActorName} ({first.Title})" : read.IsOk ? Who(read.Value) : "Somebody";
        return Step(
            run with { Phase = ChangePhase.Conflict, Message = $"Nothing was changed: {who} changed {run.Resource.Id} after it was read. Look at what changed, and plan again." },
            "Refused: the service was changed meanwhile.");
    }

    private async Task<ChangeRun> FollowAsync(ChangeRun run, Operation operation, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        var pause = ShortestPoll;
        while (!operation.Done)
        {
            if (time.GetElapsedTime(begin) > rules.LongestDeployment)
            {
                return NotSeen(run);
            }

            if (await Target.ReadAsync(cloudRun, run.Resource, cancellationToken) is { IsOk: true, Value: var seen })
            {
                run = Progress(run, seen);
            }

            CrashPoints.At(CrashStep.ChangeFollowed);
            var asked = time.GetTimestamp();
            var answer = await writer.WaitOperationAsync(operation.Name, LongestPoll, cancellationToken);
            if (answer.IsOk)
            {
                operation = answer.Value;
            }
            else if (answer.Error is CloudRunError.PermissionDenied or CloudRunError.NotFound)
            {
                // The change itself is applied: without run.operations.get the service tells.
                run = Step(run, $"The operation cannot be followed ({answer.Error.Message}) Following the service instead.");
                return await FollowResourceAsync(run, null, cancellationToken);
            }

            if (!operation.Done && time.GetElapsedTime(asked) is var waited && waited < pause)
            {
                await Task.Delay(pause - waited, time, cancellationToken);
                pause = pause < LongestPoll ? pause * 1.3 : pause;
            }
        }

        return await FollowResourceAsync(run, null, cancellationToken, operation.Error);
    }

    private async Task<ChangeRun> FollowResourceAsync(ChangeRun run, Target? target, CancellationToken cancellationToken, string? failure = null)
    {
        var begin = time.GetTimestamp();
        for (var pause = ShortestPoll; ; pause = pause < LongestPoll ? pause * 1.3 : pause)
        {
            if (target is null)
            {
                var read = await ReadAsync(run, cancellationToken);
                if (read.Error is CloudRunError.NotFound)
                {
                    return run with { Phase = ChangePhase.Failed, Message = $"{run.Resource.Id} was deleted meanwhile." };
                }

                if (read.Error is { } error)
                {
                    return run with { Phase = ChangePhase.Unknown, LeftOpen = true, Message = $"Cloud Run took the change; how it ended cannot be seen: {error.Message}" };
                }

                target = read.Value!;
            }

            run = Progress(run, target);
            if (!target.Reconciling)
            {
                return Ended(run, target, failure);
            }

            if (time.GetElapsedTime(begin) > rules.LongestDeployment)
            {
                return NotSeen(run);
            }

            await Task.Delay(pause, time, cancellationToken);
            target = null;
        }
    }

    private ChangeRun Ended(ChangeRun run, Target target, string? failure)
    {
        var took = string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() - run.StartedAt).TotalSeconds:0.#} s");
        failure ??= target.Terminal is { State: ConditionState.Failed } failed ? failed.Message.Length > 0 ? failed.Message : failed.Reason : null;
        if (failure is not null)
        {
            var serves = run.NewRevision && target.LatestReady.Length > 0 && target.LatestReady != run.Revision
                ? ToLatest(target) > 0 ? $" {target.LatestReady} goes on serving." : $" Traffic stays where it is: {Routed(target)}."
                : "";
            return Step(run with { Phase = ChangePhase.Failed, Message = $"Cloud Run could not carry it out: {failure.TrimEnd()}{serves}" }, "Failed.");
        }

        if (!target.Has(run.Settings))
        {
            return Step(
                run with { Phase = ChangePhase.Succeeded, Message = $"Done after {took}; {Who(target)} has changed the same settings again since." }, "Done, and changed again since.");
        }

        if (run.NewRevision && ToLatest(target) == 0)
        {
            return Step(
                run with { Phase = ChangePhase.Succeeded, Message = $"Done after {took}, and not in effect: {(run.Revision.Length > 0 ? $"the revision {run.Revision}" : "the new revision")} serves nothing, because traffic is pinned ({Routed(target)}). Send traffic to it to put it in effect." },
                "Done; traffic is pinned to other revisions.");
        }

        var seen = run.Revision.Length > 0
            ? target.LatestReady == run.Revision ? $" The revision {run.Revision} is ready{(ToLatest(target) is < 100 and var part ? string.Create(CultureInfo.InvariantCulture, $" and gets {part} % of the traffic") : "")}." : $" It made the revision {run.Revision}."
            : " No new revision was made.";
        return Step(run with { Phase = ChangePhase.Succeeded, Message = $"In effect after {took}.{seen}" }, "In effect.");
    }

    private static int ToLatest(Target target) => ServiceDocument.Parse(target.RawJson)?.LatestPercent ?? 100;

    private static string Routed(Target target) => TrafficList.Words(ServiceDocument.Parse(target.RawJson)?.Root["traffic"]);

    /// <summary>The revision's name and Cloud Run's own words, as they appear.</summary>
    private ChangeRun Progress(ChangeRun run, Target target)
    {
        if (run.Revision.Length == 0 && target.LatestCreated.Length > 0 && target.LatestCreated != run.LatestRevision)
        {
            run = Step(run with { Revision = target.LatestCreated }, $"The revision {target.LatestCreated} was made.");
        }

        if (target.Reconciling && target.Terminal is { Message.Length: > 0 } terminal && run.Steps.All(s => s.Text != terminal.Message))
        {
            run = Step(run, terminal.Message);
        }

        return run;
    }

    private ChangeRun NotSeen(ChangeRun run) => Step(
        run with
        {
            Phase = ChangePhase.Unknown,
            LeftOpen = true,
            Message = string.Create(CultureInfo.InvariantCulture, $"Cloud Run took the change and had not ended it after {rules.LongestDeployment.TotalMinutes:0} minutes. The console looks again at its next start."),
        },
        "Not ended in time.");

    /// <summary>Reads the resource; a failure that may pass is waited out for a while.</summary>
    private async Task<CloudResult<Target>> ReadAsync(ChangeRun run, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var read = await Target.ReadAsync(cloudRun, run.Resource, cancellationToken);
            if (read.IsOk || attempt >= 5 || read.Error is not (CloudRunError.Unavailable or CloudRunError.QuotaExceeded or CloudRunError.BadAnswer))
            {
                return read;
            }

            await Task.Delay(LongestPoll / 2, time, cancellationToken);
        }
    }

    private ChangeRun Step(ChangeRun run, string text)
    {
        run = run with { Steps = [.. run.Steps, new ChangeStep(time.GetUtcNow(), text)] };
        board.Set(run);
        return run;
    }
}
