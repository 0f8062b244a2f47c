using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>Reads the three books through their ports.</summary>
public sealed class BookReading(ICloudRun cloudRun, ILogs logs, IAuditReader reader)
{
    /// <summary>Reads them for a project and a stretch of time.</summary>
    /// <returns>The books and what limits them; or why they cannot be read.</returns>
    /// <exception cref="AuditUnavailableException">This trail cannot be read.</exception>
    public async Task<(Books? Books, IReadOnlyList<string> Notes, string? Refused)> ReadAsync(
        string project, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (first, last) = (from - Reconciler.Around, to + Reconciler.Around);
        List<LogEntry> entries = [];
        await foreach (var page in logs.ReadAsync(new LogQuery { Project = project, Filter = GoogleActReader.Filter(project, first, last) }, cancellationToken))
        {
            if (page.Error is { } error)
            {
                return (null, [], $"Google's audit log of {project} could not be read, so nothing can be held against it: {error.Message}");
            }

            entries.AddRange(page.Entries);
        }

        List<AuditRecord> records = [];
        var query = new AuditQuery { Actions = [AuditActions.ChangeIntent, AuditActions.ChangeOutcome], Workspaces = [project], From = first, To = last + Reconciler.Around };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            records.Add(record);
        }

        List<string> notes = [];
        var cloud = await CloudAsync(project, notes, cancellationToken);
        return (new Books(cloud, GoogleActReader.Read(project, entries), LedgerActReader.Read(records)), notes, null);
    }

    private async Task<IReadOnlyList<CloudFact>> CloudAsync(string project, List<string> notes, CancellationToken cancellationToken)
    {
        var services = await cloudRun.ListServicesAsync(project, cancellationToken);
        var pools = await cloudRun.ListWorkerPoolsAsync(project, cancellationToken);
        Unread(services.Failures, "services", notes);
        Unread(pools.Failures, "worker pools", notes);
        List<Revision> revisions = [];
        foreach (var location in services.Items.Select(static s => s.Name.Location).Distinct(StringComparer.Ordinal))
        {
            var list = await cloudRun.ListRevisionsOfRegionAsync(project, location, cancellationToken);
            Unread(list.Failures, "revisions", notes);
            revisions.AddRange(list.Items);
        }

        foreach (var pool in pools.Items)
        {
            var list = await cloudRun.ListRevisionsAsync(pool.Name, cancellationToken);
            Unread(list.Failures, "revisions", notes);
            revisions.AddRange(list.Items);
        }

        var byParent = revisions.Where(static r => r.CreateTime is not null)
            .ToLookup(static r => new BookKey(r.Name.ParentCollection, r.Name.Project, r.Name.Location, r.Name.Parent), static r => new CloudRevision(r.Name.Id, r.CreateTime!.Value, r.Creator));
        return
        [
            .. services.Items.Select(s => new CloudFact
            {
                Key = KeyOf(s.Name), Generation = s.Generation, Updated = s.UpdateTime, LastModifier = s.LastModifier, Revisions = [.. byParent[KeyOf(s.Name)]],
            }),
            .. pools.Items.Select(p => new CloudFact { Key = KeyOf(p.Name), Updated = p.UpdateTime, LastModifier = p.LastModifier, Revisions = [.. byParent[KeyOf(p.Name)]] }),
        ];
    }

    private static void Unread(IReadOnlyList<RegionFailure> failures, string what, List<string> notes)
    {
        foreach (var failure in failures)
        {
            notes.Add($"The {what} of {(failure.Location.Length > 0 ? failure.Location : failure.Project)} could not be read: {failure.Error.Message}");
        }
    }

    private static BookKey KeyOf(ResourceName name) => new(name.Collection, name.Project, name.Location, name.Id);
}
