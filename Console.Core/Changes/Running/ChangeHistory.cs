using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Running;

/// <summary>The changes that the audit trail holds: there is no other memory of them.</summary>
/// <param name="reader">The audit trail.</param>
public sealed class ChangeHistory(IAuditReader reader)
{
    /// <summary>How far back intents without outcome are looked for at start.</summary>
    private static readonly TimeSpan OpenFor = TimeSpan.FromDays(30);

    /// <summary>The changes of a resource, newest first.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<ChangeRun>> OfAsync(ResourceName resource, CancellationToken cancellationToken) =>
        await ReadAsync(
            new AuditQuery
            {
                Actions = [AuditActions.ChangeIntent, AuditActions.ChangeOutcome],
                Workspaces = [resource.Project],
                ResourceIds = [resource.Value],
            },
            cancellationToken);

    /// <summary>The changes of a resource that began at or after a time, newest first.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<ChangeRun>> OfAsync(ResourceName resource, DateTimeOffset since, CancellationToken cancellationToken) =>
        await ReadAsync(
            new AuditQuery
            {
                Actions = [AuditActions.ChangeIntent, AuditActions.ChangeOutcome],
                Workspaces = [resource.Project],
                ResourceIds = [resource.Value],
                From = since,
            },
            cancellationToken);

    /// <summary>One change of a resource; null where there is none of that id.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<ChangeRun?> FindAsync(ResourceName resource, string id, CancellationToken cancellationToken) =>
        (await OfAsync(resource, cancellationToken)).FirstOrDefault(r => r.Id == id);

    /// <summary>The changes of some projects since a moment, newest first.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public Task<IReadOnlyList<ChangeRun>> SinceAsync(IReadOnlyList<string> projects, DateTimeOffset from, CancellationToken cancellationToken) =>
        ReadAsync(new AuditQuery { Actions = [AuditActions.ChangeIntent, AuditActions.ChangeOutcome], Workspaces = projects, From = from }, cancellationToken);

    /// <summary>One change of some projects; null where there is none of that id.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<ChangeRun?> FindAsync(IReadOnlyList<string> projects, string id, CancellationToken cancellationToken)
    {
        // Newest first, and no further than the one that is looked for: its own outcome is read by its resource.
        await foreach (var record in reader.OwnActsAsync(new AuditQuery { Actions = [AuditActions.ChangeIntent], Workspaces = projects }, cancellationToken))
        {
            if (record.Event.Id == id && record.Position.Via == AuditVia.Console && ChangeEvents.ReadIntent(record.Event) is { } run)
            {
                return await FindAsync(run.Resource, id, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Ids of changes that were taken back with success, of those given.</summary>
    public static IReadOnlySet<string> Undone(IEnumerable<ChangeRun> changes) =>
        changes.Where(static c => c.Phase == ChangePhase.Succeeded).Select(static c => c.Change).OfType<Restore>().Select(static r => r.Of).ToHashSet(StringComparer.Ordinal);

    /// <summary>Intents of a project whose outcome the trail does not hold, oldest first.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public Task<IReadOnlyList<ChangeRun>> OpenAsync(string project, DateTimeOffset now, CancellationToken cancellationToken) =>
        OpenSinceAsync(project, now - OpenFor, cancellationToken);

    /// <summary>The same, of those that began at or after a time.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<ChangeRun>> OpenSinceAsync(string project, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(
            new AuditQuery { Actions = [AuditActions.ChangeIntent, AuditActions.ChangeOutcome], Workspaces = [project], From = since }, cancellationToken);
        return [.. all.Where(static r => !r.OutcomeRecorded).OrderBy(static r => r.StartedAt)];
    }

    /// <summary>All changes of a project that were begun since a time, newest first.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<ChangeRun>> SinceAsync(string project, DateTimeOffset from, CancellationToken cancellationToken) =>
        await ReadAsync(new AuditQuery { Actions = [AuditActions.ChangeIntent, AuditActions.ChangeOutcome], Workspaces = [project], From = from }, cancellationToken);

    private async Task<IReadOnlyList<ChangeRun>> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        Dictionary<string, ChangeRun> runs = new(StringComparer.Ordinal);
        Dictionary<string, AuditEvent> outcomes = new(StringComparer.Ordinal);

        // In whichever order they come.
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            // Applications may send events of any name: only the console's own count.
            if (record.Position.Via != AuditVia.Console)
            {
                continue;
            }

            if (ChangeEvents.ReadIntent(record.Event) is { } run)
            {
                runs[run.Id] = run;
            }
            else if (ChangeEvents.IntentOf(record.Event) is { } intent)
            {
                outcomes[intent] = record.Event;
            }
        }

        return [.. runs.Values
            .Select(r => outcomes.TryGetValue(r.Id, out var outcome) ? ChangeEvents.WithOutcome(r, outcome) : r)
            .OrderByDescending(static r => r.StartedAt)];
    }
}
