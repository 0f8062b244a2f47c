using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Core.Changes.Running;

/// <content>Changes of other consoles on the same trail.</content>
public sealed partial class ChangeRunner
{
    /// <summary>Looks for changes that other consoles on the same trail have begun, and follows them on this board. Called again and again.</summary>
    public async Task SeeOthersAsync(CancellationToken cancellationToken)
    {
        foreach (var project in cloudRun.Projects)
        {
            try
            {
                var now = time.GetUtcNow();
                foreach (var open in await history.OpenSinceAsync(project, now - rules.LongestDeployment - rules.Grace, cancellationToken))
                {
                    if (open.Console == consoles.Name)
                    {
                        // Of this console's own only one whose record was not confirmed, and came late, is on no board.
                        if (now - open.StartedAt > rules.Grace && board.Find(open.Id) is null)
                        {
                            Log.Settling(logger, open.Id, open.Resource.Value);
                            board.Set(open with { Steps = [new ChangeStep(now, "The record was not confirmed in time. Looking what became of it.")] });
                            _tasks.Add(SettleAsync(open.Id));
                        }
                    }
                    else if (now - open.StartedAt > Fresh)
                    {
                        Adopt(open);
                    }
                }
            }
            catch (AuditUnavailableException e)
            {
                Log.NotSettled(logger, project, e.Message);
            }
        }
    }

    private bool IsUnderWay(ChangeRun run) =>
        !run.OutcomeRecorded && time.GetUtcNow() - run.StartedAt < rules.LongestDeployment + rules.Grace && board.Find(run.Id) is not { IsOver: true };

    /// <summary>Puts another console's change on this board, and waits for the outcome that the other records.</summary>
    private void Adopt(ChangeRun other)
    {
        if (board.Find(other.Id) is not null)
        {
            return;
        }

        if (other.OutcomeRecorded)
        {
            board.Set(other);
            return;
        }

        board.Set(other with { Steps = [new ChangeStep(time.GetUtcNow(), "Another console carries it out. Its outcome is awaited here.")] });
        _tasks.Add(AwaitOtherAsync(other));
    }

    private async Task AwaitOtherAsync(ChangeRun other)
    {
        await Task.Yield();
        try
        {
            while (time.GetUtcNow() < other.StartedAt + rules.LongestDeployment + rules.Grace)
            {
                await Task.Delay(Glance, time, _stop.Token);
                var gone = await LivingAsync(_stop.Token) is { } living && !living.Contains(other.Console);

                // Asked after that: what it recorded as its last act counts.
                if (await EndedElsewhereAsync(other) is { } ended)
                {
                    board.Set(ended);
                    return;
                }

                if (gone)
                {
                    Log.TakingOver(logger, other.Id, other.Resource.Value, other.Console);
                    board.Set((board.Find(other.Id) ?? other) with { Steps = [new ChangeStep(time.GetUtcNow(), "The console that carried it out has stopped. Looking what became of it.")] });
                    break;
                }
            }

            // The other one is gone, or cannot see the end either.
            await SettleAsync(other.Id);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The next start settles it.
        }
    }

    /// <summary>Who runs; null where it cannot be asked: then nobody is taken for gone.</summary>
    private async Task<IReadOnlySet<string>?> LivingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await consoles.LivingAsync(cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            return null;
        }
    }

    private async Task<ChangeRun?> EndedElsewhereAsync(ChangeRun other)
    {
        try
        {
            var all = await history.OfAsync(other.Resource, other.StartedAt - rules.Grace, _stop.Token);
            return all.FirstOrDefault(r => r.Id == other.Id && r.OutcomeRecorded);
        }
        catch (AuditUnavailableException)
        {
            return null;
        }
    }
}
