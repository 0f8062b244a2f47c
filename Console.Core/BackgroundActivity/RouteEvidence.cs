using System.Runtime.ExceptionServices;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Names the probable request of idle lines whose template follows the same route each time
/// (<c>billing.mail sent INV-81</c> comes 0.5 to 2.5 s after every <c>POST /invoices</c>), and takes the names off periodic work,
/// which belongs to no request. Changes nothing but the probable request. Revisions do not meet: one at a time on each thread.
/// </summary>
internal static class RouteEvidence
{
    /// <summary>Does nothing when there are more idle lines than <see cref="FindingsBuilder.MostTexts"/>.</summary>
    public static void Apply(AnalysisWork work, CancellationToken cancellationToken)
    {
        long idle = 0;
        for (var revision = 0; revision < work.Table.Revisions.Count; revision++)
        {
            idle += work.Count(revision, EntryClass.IdleInstance);
        }

        if (idle is 0 or > FindingsBuilder.MostTexts)
        {
            return;
        }

        var lines = LinesByRevision(work, out var lastTime);
        var revisions = Enumerable.Range(0, lines.Length).Where(r => lines[r] is not null).OrderByDescending(r => lines[r]!.Count).ToList();
        var threads = work.Options.Threads > 0 ? work.Options.Threads : Environment.ProcessorCount;
        var next = -1;
        void RunOne()
        {
            for (var i = Interlocked.Increment(ref next); i < revisions.Count; i = Interlocked.Increment(ref next))
            {
                new RevisionRoutes(work, revisions[i]).Name(lines[revisions[i]]!, lastTime, cancellationToken);
            }
        }

        try
        {
            Parallel.For(0, Math.Min(threads, revisions.Count), new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, _ => RunOne());
        }
        catch (AggregateException e) when (e.InnerException is IOException or OperationCanceledException)
        {
            // A text could not be read back: the caller knows what to do with that, and not with a bundle.
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }

    private static List<int>?[] LinesByRevision(AnalysisWork work, out long lastTime)
    {
        var lines = new List<int>?[work.Table.Revisions.Count];
        lastTime = 0;
        foreach (var facts in work.Results.Facts)
        {
            lastTime = Math.Max(lastTime, facts.LastRequestEndNs);
        }

        for (var i = 0; i < work.Results.Classes.Length; i++)
        {
            ref readonly var row = ref work.Table.Lines[i];
            lastTime = Math.Max(lastTime, row.TimestampNs);
            if (work.Results.Classes[i] == EntryClass.IdleInstance)
            {
                (lines[row.Revision] ??= []).Add(i);
            }
        }

        return lines;
    }
}
