using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Crashing;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Ingestion;

/// <summary>
/// Copies Google's audit log of Cloud Run into this trail, one poller a project among all consoles. Each read begins some time before the last
/// one ended, and once an hour a day before: entries come late. What was recorded before is not recorded again.
/// </summary>
public sealed class CloudAuditPoller(ILogs logs, IAuditAppender appender, ICursors cursors, ITurns turns, IngestionBoard board, SealSignals signals, TimeProvider time)
{
    private const int BatchSize = 200;
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    // Another console has it: should that one die, nobody waits long.
    private static readonly TimeSpan LookForTurn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan WideOverlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan Wide = TimeSpan.FromHours(1);

    // At the first time: what Google keeps may be 400 days, and the quota is 60 calls a minute.
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(7);

    /// <summary>Polls a project until told to stop.</summary>
    public async Task RunAsync(string project, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var pause = Interval;
            try
            {
                await using var turn = await turns.TryTakeAsync($"cloud-audit-logs.{project}", stop);
                if (turn is null)
                {
                    board.Tell(new IngestionState { Project = project, IsElsewhere = true });
                    pause = LookForTurn;
                }
                else
                {
                    await FollowAsync(project, turn, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (AuditUnavailableException e)
            {
                board.Tell(new IngestionState { Project = project, Problem = e.Message, TryAgainAt = time.GetUtcNow() + Interval });
            }

            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One read. What is already known to be recorded is passed over.</summary>
    /// <returns>How it stands then.</returns>
    /// <exception cref="AuditUnavailableException">The store cannot be reached; the next read begins where this one did.</exception>
    public async Task<IngestionState> OnceAsync(string project, IngestionState before, HashSet<string> known, bool wide, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var cursor = await cursors.GetAsync(NameOf(project), cancellationToken);
        var from = cursor is { } last ? last - (wide ? WideOverlap : Overlap) : now - FirstLook;
        var newest = cursor ?? DateTimeOffset.MinValue;
        var recorded = 0L;
        var query = new LogQuery { Project = project, Filter = CloudAuditEvents.Filter(project, from) };
        await foreach (var page in logs.ReadAsync(query, cancellationToken))
        {
            if (page.Error is { } error)
            {
                return before with { Problem = Explain(project, error), TryAgainAt = null, Recorded = before.Recorded + recorded };
            }

            List<AuditEvent> events = [];
            foreach (var entry in page.Entries)
            {
                newest = entry.Timestamp > newest ? entry.Timestamp : newest;
                if (known.Add(CloudAuditEvents.IdOf(entry)) && CloudAuditEvents.Read(project, entry) is { } read)
                {
                    events.Add(read);
                }
            }

            foreach (var batch in events.Chunk(BatchSize))
            {
                var results = await appender.AppendAsync(batch, AuditVia.CloudAuditLogs, CloudAuditEvents.Source, cancellationToken);
                recorded += results.Count(static r => r is AppendResult.Recorded);
            }
        }

        // Oldest first, and only after all of it is recorded: a crash reads again.
        if (newest > (cursor ?? DateTimeOffset.MinValue))
        {
            CrashPoints.At(CrashStep.IngestionAppended);
            await cursors.SetAsync(NameOf(project), newest < now ? newest : now, cancellationToken);
        }

        if (recorded > 0)
        {
            signals.TellAppended();
        }

        return before with
        {
            ReadAt = now,
            Newest = newest == DateTimeOffset.MinValue ? null : newest,
            Recorded = before.Recorded + recorded,
            Problem = null,
            TryAgainAt = null,
            IsElsewhere = false,
        };
    }

    private static string NameOf(string project) => $"cloud-audit-logs.{project}";

    private static string Explain(string project, CloudRunError error) => error is CloudRunError.PermissionDenied denied
        ? $"Google's audit log of {project} may not be read: the permission {denied.Permission} is missing. Give this console's account roles/logging.viewer; for data access entries also roles/logging.privateLogViewer."
        : $"Google's audit log of {project} could not be read: {error.Message}";

    // As long as it has the turn.
    private async Task FollowAsync(string project, ITurn turn, CancellationToken stop)
    {
        var state = new IngestionState { Project = project };
        var known = new HashSet<string>(StringComparer.Ordinal);
        long? widened = null;
        var pause = Interval;
        while (await turn.IsHeldAsync(stop))
        {
            stop.ThrowIfCancellationRequested();
            var wide = widened is not { } last || time.GetElapsedTime(last) >= Wide;
            try
            {
                state = await OnceAsync(project, state, known, wide, stop);
            }
            catch
            {
                // Some of what is remembered was not recorded.
                known.Clear();
                throw;
            }

            if (state.Problem is null)
            {
                pause = Interval;
                widened = wide ? time.GetTimestamp() : widened;
            }
            else
            {
                pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
                known.Clear();
                state = state with { TryAgainAt = time.GetUtcNow() + pause };
            }

            if (known.Count > MostRemembered)
            {
                known.Clear();
            }

            board.Tell(state);
            await Task.Delay(pause, time, stop);
        }
    }
}
