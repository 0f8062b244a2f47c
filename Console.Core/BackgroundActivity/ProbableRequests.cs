namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Names the probable requests of idle lines, by the two rules of docs/background-activity.md. Changes no class.</summary>
internal static class ProbableRequests
{
    /// <param name="work">What the sweeps found.</param>
    /// <param name="sweeps">With the idle lines that each of them collected.</param>
    /// <param name="threads">How many threads in all.</param>
    /// <param name="cancellationToken">Stops between lines.</param>
    public static void Name(AnalysisWork work, IReadOnlyList<InstanceSweep> sweeps, int threads, CancellationToken cancellationToken)
    {
        var idle = new IdleLines?[work.Table.Revisions.Count];
        foreach (var sweep in sweeps)
        {
            for (var revision = 0; revision < idle.Length; revision++)
            {
                if (sweep.Idle[revision] is not { } own)
                {
                    continue;
                }

                if (idle[revision] is { } all)
                {
                    all.Add(own);
                }
                else
                {
                    idle[revision] = own;
                }
            }
        }

        foreach (var lines in idle)
        {
            lines?.Name(work);
        }

        if (work.Options.ProbableByRoute)
        {
            RouteEvidence.Apply(work, idle, threads, cancellationToken);
        }
    }
}
