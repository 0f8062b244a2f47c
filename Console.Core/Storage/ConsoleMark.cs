using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage;

/// <summary>
/// The mark that this console runs: an advisory lock of PostgreSQL on a session of its own, which goes with the process however that ends.
/// All marks together are in pg_locks. A database in a file has one console, which keeps others out by a lock of the data folder.
/// </summary>
public sealed class ConsoleMark : IConsoles, IAsyncDisposable
{
    // First half of the key of all marks, the other half is the console's number. Any number will do, as long as it stays.
    private const int Class = 0x0A0D_175E;

    // How often the mark is looked at, and how long an answer may take.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    private readonly ConsoleDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger<ConsoleMark> _log;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private NpgsqlConnection? _session;
    private bool _isTold;

    /// <summary>Of this process, on this database.</summary>
    public ConsoleMark(ConsoleDatabase database, TimeProvider time, ILogger<ConsoleMark> log) => (_database, _time, _log) = (database, time, log);

    /// <inheritdoc />
    public string Name { get; } = ConsoleName.New();

    /// <summary>Sets the mark, unless it is set. A database that does not answer now is asked again by <see cref="RunAsync"/>.</summary>
    public async Task SetAsync(CancellationToken cancellationToken)
    {
        if (_database.Postgres is null)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_session is not null)
            {
                return;
            }

            var session = await PostgresSession.OpenAsync(_database, cancellationToken);
            try
            {
                _ = ConsoleName.TryRead(Name, out var number);
                await using var command = AuditSql.Command(session, null, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_try_advisory_lock({Class}, {number})"));
                if (await command.ExecuteScalarAsync(cancellationToken) is true)
                {
                    (_session, session) = (session, null);
                    _isTold = false;
                }
            }
            finally
            {
                if (session is not null)
                {
                    await session.DisposeAsync();
                }
            }
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            TellLost(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Keeps the mark until told to stop: looks at its session every few seconds, and sets it anew where that broke.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (_database.Postgres is null)
        {
            return;
        }

        await SetAsync(stop);
        await TellAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Look, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested)
            {
                await LookAsync(stop);
                await SetAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlySet<string>> LivingAsync(CancellationToken cancellationToken)
    {
        var living = new HashSet<string>(StringComparer.Ordinal) { Name };
        if (_database.Postgres is not { } source)
        {
            return living;
        }

        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var command = AuditSql.Command(
                connection,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid::bigint = {(uint)Class} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                living.Add(ConsoleName.Of(unchecked((int)reader.GetInt64(0))));
            }

            return living;
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw new AuditUnavailableException($"Which consoles run cannot be seen: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await DropAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task TellAsync(CancellationToken stop)
    {
        try
        {
            _log.Here(Name, (await LivingAsync(stop)).Count - 1);
        }
        catch (Exception e) when (e is AuditUnavailableException or OperationCanceledException)
        {
            // Others will say so.
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_session is { } session)
            {
                await using var command = AuditSql.Command(session, null, "SELECT 1");
                command.CommandTimeout = PostgresSession.AnswerWithinSeconds;
                await command.ExecuteScalarAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end.
        }
        catch (Exception e) when (AuditSql.IsFailure(e) || e is InvalidOperationException or OperationCanceledException)
        {
            TellLost(e);
            await DropAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    // Once for each outage: it is asked again every few seconds.
    private void TellLost(Exception e)
    {
        if (!_isTold)
        {
            _isTold = true;
            _log.MarkLost(DatabaseFault.Sentence(e));
        }
    }

    private async Task DropAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await PostgresSession.CloseAsync(session);
        }
    }
}
