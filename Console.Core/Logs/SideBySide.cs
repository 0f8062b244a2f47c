using System.Runtime.ExceptionServices;

namespace OpsConsole.Core.Logs;

/// <summary>
/// Runs the same work on several threads at once. A thread of its own for each, and not the parallel loops of the framework: their
/// start (event sources, the thread pool, code that no ahead-of-time image holds) costs a tenth of the time of a small export.
/// </summary>
public static class SideBySide
{
    /// <summary>Runs each of the pieces once.</summary>
    /// <param name="threads">How many threads in all; less than 2 means this one alone.</param>
    /// <param name="pieces">Do not wait for each other.</param>
    /// <exception cref="Exception">The first that any of them threw, as it was thrown.</exception>
    public static void Run(int threads, Action[] pieces)
    {
        var next = -1;
        Run(Math.Min(threads, pieces.Length), () =>
        {
            for (var i = Interlocked.Increment(ref next); i < pieces.Length; i = Interlocked.Increment(ref next))
            {
                pieces[i]();
            }
        });
    }

    /// <summary>Runs <paramref name="work"/> on this thread and on others, and returns when all are done.</summary>
    /// <param name="threads">How many threads in all; less than 2 means this one alone.</param>
    /// <param name="work">Takes its pieces of the whole until there are none.</param>
    /// <exception cref="Exception">The first that any of them threw, as it was thrown.</exception>
    public static void Run(int threads, Action work)
    {
        Exception? failure = null;
        void Guarded()
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                // Carried to the caller's thread; the first one counts.
                Interlocked.CompareExchange(ref failure, exception, null);
            }
        }

        var others = new Thread[Math.Max(0, threads - 1)];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Guarded) { IsBackground = true, Name = "correlate" };
            others[i].Start();
        }

        Guarded();
        foreach (var thread in others)
        {
            thread.Join();
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
