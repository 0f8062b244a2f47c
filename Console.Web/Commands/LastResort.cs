namespace OpsConsole.Web.Commands;

/// <summary>
/// The end of a console whose stop hangs, on a database or a file system that gives no answer: before Cloud Run kills it, and with the exit code of
/// an orderly stop, for nothing is lost by it. What was acknowledged is committed; what was in hand is on the record, and others take it over.
/// </summary>
internal sealed class LastResort : IDisposable
{
    /// <summary>A second and a half before Cloud Run's ten are over.</summary>
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8.5);

    private readonly ManualResetEventSlim _stopped = new();
    private readonly CancellationTokenRegistration _stopping;

    /// <summary>Ends the process so long after the token is cancelled, unless this was disposed of by then.</summary>
    public LastResort(CancellationToken stopping) => _stopping = stopping.Register(() =>
        new Thread(Wait) { IsBackground = true, Name = "last resort" }.Start());

    /// <summary>It has stopped.</summary>
    public void Dispose()
    {
        _stopped.Set();
        _stopping.Dispose();
    }

    // On a thread of its own: those of the pool may all be waiting.
    private void Wait()
    {
        if (!_stopped.Wait(Time))
        {
            Console.Error.WriteLine("Something did not let go in time; the console ends all the same. What was in hand is on the record.");
            Environment.Exit(0);
        }
    }
}
