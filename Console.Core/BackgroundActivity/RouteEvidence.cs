using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Names the probable request of idle lines whose template follows the same route each time
/// (<c>billing.mail sent INV-81</c> comes 0.5 to 2.5 s after every <c>POST /invoices</c>), and takes the names off periodic work,
/// which belongs to no request. Changes nothing but the probable request. Revisions do not meet: one at a time on each thread.
/// </summary>
internal static class RouteEvidence
{
    /// <summary>Does nothing when there are more idle lines than <see cref="FindingsBuilder.MostTexts"/>.</summary>
    public static void Apply(AnalysisWork work, IReadOnlyList<IdleLines?> idle, int threads, CancellationToken cancellationToken)
    {
        if (idle.Sum(lines => lines?.Lines.Count ?? 0) is 0 or > FindingsBuilder.MostTexts)
        {
            return;
        }

        var lastTime = LastTime(work);
        var revisions = Enumerable.Range(0, idle.Count).Where(r => idle[r] is not null).OrderByDescending(r => idle[r]!.Lines.Count).ToList();
        var next = -1;
        void RunOne()
        {
            for (var i = Interlocked.Increment(ref next); i < revisions.Count; i = Interlocked.Increment(ref next))
            {
                new RevisionRoutes(work, revisions[i]).Name(idle[revisions[i]]!.Lines, lastTime, cancellationToken);
            }
        }

        SideBySide.Run(Math.Min(threads, revisions.Count), RunOne);
    }

    private static long LastTime(AnalysisWork work)
    {
        var lastTime = 0L;
        foreach (var facts in work.Results.Facts)
        {
            lastTime = Math.Max(lastTime, Math.Max(facts.LastRequestEndNs, facts.LastLineNs));
        }

        foreach (var line in work.Lines.Of(-1))
        {
            lastTime = Math.Max(lastTime, work.Table.Lines[line].TimestampNs);
        }

        return lastTime;
    }
}
