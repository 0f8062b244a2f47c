namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>All anchors and witnesses of this console, each with a loop of its own.</summary>
public sealed class Outsiders(IReadOnlyList<OutsideLoop> loops, Incidents incidents, OutsideBoard board, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Runs them until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var loop in loops)
        {
            board.Tell(loop.State);
        }

        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var (name, sentence) in await incidents.ReopenAsync(stop))
                {
                    loops.FirstOrDefault(l => l.State.Name == name)?.Reopen(sentence);
                }

                break;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (AuditUnavailableException)
            {
                // The sealer says so on the screen.
                await Task.Delay(RetryAfter, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(loops.Select(loop => loop.RunAsync(stop)));
    }
}
