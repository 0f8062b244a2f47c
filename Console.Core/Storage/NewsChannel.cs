using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage;

/// <summary>
/// News between the consoles on one PostgreSQL: NOTIFY in the transaction that changes something, LISTEN on a session of its own. A database in
/// a file has one console, and none to tell.
/// </summary>
public sealed class NewsChannel(ConsoleDatabase database, ConsoleNews news, TimeProvider time, ILogger<NewsChannel> log)
{
    /// <summary>What is kept in memory is read anew this often without any news.</summary>
    public const int WithoutNewsSeconds = 5;

    private const string Channel = "opsconsole";

    // A session that is silent is asked whether it is still there.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private bool _isDeaf;

    /// <summary>Listens until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (database.Postgres is null)
        {
            return;
        }

        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (AuditSql.IsFailure(e) || e is InvalidOperationException or OperationCanceledException)
            {
                // Once for each outage.
                if (!_isDeaf)
                {
                    _isDeaf = true;
                    log.Deaf(DatabaseFault.Sentence(e), WithoutNewsSeconds);
                }
            }

            await Task.Delay(Again, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells the others when the transaction of this unit of work commits.</summary>
    internal static async Task TellAsync(ConsoleDb db, NewsTopic topic, CancellationToken cancellationToken)
    {
        if (db is PostgresConsoleDb)
        {
            await db.Database.ExecuteSqlRawAsync("SELECT pg_notify({0}, {1})", [Channel, topic.ToString()], cancellationToken);
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        await using var session = await PostgresSession.OpenAsync(database, stop);
        session.Notification += Heard;
        await using (var listen = AuditSql.Command(session, null, $"LISTEN {Channel}"))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }

        _isDeaf = false;

        // What was changed before this session listened.
        news.HearAll();
        while (true)
        {
            if (!await session.WaitAsync(Silence, stop))
            {
                await using var ask = AuditSql.Command(session, null, "SELECT 1");
                ask.CommandTimeout = PostgresSession.AnswerWithinSeconds;
                await ask.ExecuteScalarAsync(stop);
            }
        }
    }

    private void Heard(object sender, NpgsqlNotificationEventArgs e)
    {
        if (Enum.TryParse<NewsTopic>(e.Payload, out var topic))
        {
            news.Hear(topic);
        }
    }
}
