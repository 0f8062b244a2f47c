using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Hosting;

/// <summary>
/// Waits for a database that was away at the start; then looks through a large SQLite file, which the start left unread. Says on every screen when
/// the file is found damaged.
/// </summary>
internal sealed class DatabaseWaitService(DatabaseWait wait, ConsoleDatabase database, Core.AuditTrail.Sealing.SealHealth health, ILogger<DatabaseWait> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        database.Spoilt += OnSpoilt;
        await wait.RunAsync(logger, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested || database.Kind != DatabaseKind.Sqlite)
        {
            return;
        }

        try
        {
            await database.CheckAsync(stoppingToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or OperationCanceledException)
        {
            // Whoever uses it next says why it cannot be read.
        }
    }

    private void OnSpoilt(object? sender, EventArgs e)
    {
        Log.Damaged(logger, database.Damage!);
        health.Report("1.damage", database.Damage);
    }
}
