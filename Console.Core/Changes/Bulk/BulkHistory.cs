using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>The bulks that the audit trail holds, with each row as its own change's events tell.</summary>
public sealed class BulkHistory(IAuditReader reader, ChangeHistory changes, ChangeBoard board, TimeProvider time)
{
    /// <summary>How far back bulks are shown.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromDays(90);

    private static readonly string[] Actions = [AuditActions.ChangeBulk, AuditActions.ChangeBulkOutcome, AuditActions.ChangeBulkCancel];

    /// <summary>One bulk, as far as it has come; null where there is none of that id.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<BulkRun?> FindAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync(new AuditQuery { Actions = Actions, ResourceTypes = [BulkEvents.ResourceType], ResourceIds = [id] }, cancellationToken) is [var found, ..]
            ? await WithRowsAsync(found, cancellationToken)
            : null;

    /// <summary>The bulks of the last 90 days, newest first; rows as they were at the end, or at the beginning of those that have not ended.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public Task<IReadOnlyList<BulkRun>> RecentAsync(CancellationToken cancellationToken) =>
        ReadAsync(new AuditQuery { Actions = Actions, From = time.GetUtcNow() - Back }, cancellationToken);

    /// <summary>Why the trail says that a bulk was stopped; null where it does not.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    internal async Task<string?> StoppedAsync(BulkRun run, CancellationToken cancellationToken)
    {
        await foreach (var record in reader.OwnActsAsync(
            new AuditQuery { Actions = [AuditActions.ChangeBulkCancel], ResourceTypes = [BulkEvents.ResourceType], ResourceIds = [run.Id] }, cancellationToken))
        {
            if (record.Position.Via == AuditVia.Console && BulkEvents.ReadCancel(run, record.Event) is { } stopped)
            {
                return stopped;
            }
        }

        return null;
    }

    /// <summary>The rows of a bulk that has not ended, as their own changes stand.</summary>
    internal async Task<BulkRun> WithRowsAsync(BulkRun run, CancellationToken cancellationToken)
    {
        if (run.IsOver)
        {
            return run;
        }

        foreach (var row in run.Rows.Where(static r => r.IsOpen))
        {
            var mine = (await changes.OfAsync(row.Resource, run.StartedAt, cancellationToken)).FirstOrDefault(c => c.Bulk == run.Id);
            if (mine is not null)
            {
                run = run.With(Row(row, board.Find(mine.Id) ?? mine));
            }
        }

        return run;
    }

    /// <summary>A row as its change stands.</summary>
    internal static BulkRow Row(BulkRow row, ChangeRun change) => row with
    {
        ChangeId = change.Id,
        Message = change.Message,
        State = change.Phase switch
        {
            ChangePhase.Succeeded => BulkRowState.Succeeded,
            ChangePhase.Failed => BulkRowState.Failed,
            ChangePhase.Conflict => BulkRowState.Conflict,
            _ when !change.IsOver => BulkRowState.Running,
            _ => BulkRowState.Unknown,
        },
    };

    private async Task<IReadOnlyList<BulkRun>> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        Dictionary<string, BulkRun> runs = new(StringComparer.Ordinal);
        List<AuditEvent> others = [];
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            if (record.Position.Via != AuditVia.Console)
            {
                continue;
            }

            if (BulkEvents.ReadBegin(record.Event) is { } run)
            {
                runs[run.Id] = run;
            }
            else
            {
                others.Add(record.Event);
            }
        }

        foreach (var other in others)
        {
            if (other.Resource?.Id is { } id && runs.TryGetValue(id, out var run))
            {
                runs[id] = BulkEvents.WithEnd(run, other) is { } ended && ended.IsOver ? ended
                    : BulkEvents.ReadCancel(run, other) is { } stopped && !run.IsOver ? run with { Stopped = stopped }
                    : run;
            }
        }

        return [.. runs.Values.OrderByDescending(static r => r.StartedAt)];
    }
}
