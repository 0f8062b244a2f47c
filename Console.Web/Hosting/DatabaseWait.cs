using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Hosting;

/// <summary>
/// The console starts without its database when that is away, says so on every page, and becomes whole by itself when it comes. Whatever works
/// on the database waits here first.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock of the pauses.</param>
internal sealed class DatabaseWait(ConsoleDatabase database, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _missing = "The database was not looked at yet.";

    /// <summary>What is missing, a sentence; null once the database is there and of this version.</summary>
    public string? Missing => Volatile.Read(ref _missing);

    /// <summary>Ends when it is there. It may go away again later: that is told where it is used.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The first look, before anything listens.</summary>
    /// <exception cref="DatabaseException">Something is wrong that does not pass by itself: the console does not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(cancellationToken);
        }
        catch (DatabaseException e) when (e.IsAway)
        {
            Volatile.Write(ref _missing, Told(e));
        }
    }

    /// <summary>Looks again and again until it is there. What needs a person by then is told like the rest: the console is running.</summary>
    public async Task RunAsync(ILogger logger, CancellationToken cancellationToken)
    {
        if (Ready.IsCompleted)
        {
            return;
        }

        Log.NoDatabase(logger, Missing!);
        var pause = FirstPause;
        while (true)
        {
            await Task.Delay(pause, time, cancellationToken);
            try
            {
                await TryAsync(cancellationToken);
                Log.DatabaseCame(logger);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                var told = Told(e);
                if (Interlocked.Exchange(ref _missing, told) != told)
                {
                    Log.NoDatabase(logger, told);
                }
            }

            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    private static string Told(Exception e) => $"{char.ToUpperInvariant(e.Message[0])}{e.Message[1..]}";

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken);
        Volatile.Write(ref _missing, null);
        _ready.TrySetResult();
    }
}
