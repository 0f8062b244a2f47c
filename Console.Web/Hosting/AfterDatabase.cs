namespace OpsConsole.Web.Hosting;

/// <summary>
/// Work of the console that goes on while it runs: it begins once the database is there, and begins again after an error that nobody expected.
/// One such error must not end the console, which is what the framework would do.
/// </summary>
internal abstract class AfterDatabase(DatabaseWait database, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; } = time;

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The console answers at once, however long the first step is.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await database.Ready.WaitAsync(stoppingToken);
                await WorkAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.WorkFailed(logger, e, GetType().Name, Again.TotalSeconds);
            }

            await Task.Delay(Again, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Works until it is told to stop.</summary>
    protected abstract Task WorkAsync(CancellationToken stoppingToken);
}
