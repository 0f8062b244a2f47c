using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>Plans the same change for several services, some at a time.</summary>
public sealed class BulkPlanner(ChangeDesk desk, BulkRules rules)
{
    /// <summary>One plan for each service, on its state of this moment. Writes nothing.</summary>
    /// <param name="services">Which; each once, and those beyond <see cref="BulkPlan.MostServices"/> not at all.</param>
    /// <param name="change">What is changed.</param>
    /// <param name="progress">Told of how many are planned.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BulkPlan> PlanAsync(
        IReadOnlyList<ResourceName> services, Change change, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        List<ResourceName> each = [.. services.Distinct().Take(BulkPlan.MostServices)];
        var rows = new BulkPlanRow[each.Count];
        var done = 0;
        await Parallel.ForAsync(
            0,
            rows.Length,
            new ParallelOptions { MaxDegreeOfParallelism = rules.Parallelism, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                rows[i] = new BulkPlanRow(each[i], await desk.PlanAsync(each[i], change, token));
                progress?.Report(Interlocked.Increment(ref done));
            });
        return new BulkPlan(change, rows);
    }
}
