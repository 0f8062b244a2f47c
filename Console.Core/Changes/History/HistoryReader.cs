using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Changes.History;

/// <summary>Reads the history of a service: from the audit trail, Google's audit log, and Cloud Run's list of revisions. What cannot be read is said, the rest is shown.</summary>
public sealed class HistoryReader(ILogs logs, ChangeHistory changes, ChangeReceipts receipts, FleetCache fleet, TimeProvider time)
{
    /// <summary>At most so many entries of Google's audit log are read for one history.</summary>
    public const int MostEntries = 10_000;

    // Everybody who looks at a service shares the reading: a project has 60 calls a minute.
    private readonly SharedReads<GoogleLog> _google = new(time, TimeSpan.FromSeconds(30));

    /// <summary>Reads it for the last days.</summary>
    /// <param name="service">The service.</param>
    /// <param name="days">How far back.</param>
    /// <param name="fresh">True reads anew what may be kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ServiceHistory> ReadAsync(ResourceName service, int days, bool fresh, CancellationToken cancellationToken)
    {
        var state = fleet.ServiceAsync(service, fresh, cancellationToken);
        var revisions = fleet.RevisionsAsync(service, fresh, cancellationToken);
        var google = _google.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"{days} {service.Value}"), fresh, token => ReadGoogleAsync(service, TimeSpan.FromDays(days), token), cancellationToken);
        IReadOnlyList<ChangeRun> runs = [];
        IReadOnlyDictionary<string, Receipt> made = new Dictionary<string, Receipt>(StringComparer.Ordinal);
        var problem = "";
        try
        {
            runs = await changes.OfAsync(service, cancellationToken);
            made = await receipts.OfAsync(service, cancellationToken);
        }
        catch (AuditUnavailableException e)
        {
            problem = e.Message;
        }

        var log = (await google).Value;
        return new ServiceHistory
        {
            Rows = HistoryBuilder.Of(service, (await state).Value.Value, (await revisions).Value.Items, log, runs, made),
            Google = log,
            Runs = runs,
            TrailProblem = problem,
        };
    }

    private async Task<GoogleLog> ReadGoogleAsync(ResourceName service, TimeSpan back, CancellationToken cancellationToken)
    {
        var to = time.GetUtcNow();
        var from = to - back;
        List<LogEntry> entries = [];
        var query = new LogQuery { Project = service.Project, Filter = Filter(service, from, to.AddMinutes(1)), NewestFirst = true };
        await foreach (var page in logs.ReadAsync(query, cancellationToken))
        {
            if (page.Error is { } error)
            {
                return new GoogleLog(from, to, entries.Count == 0 ? GoogleLog.NoBook : GoogleActReader.Read(service.Project, entries), null, error, IsCut: false);
            }

            entries.AddRange(page.Entries);
            if (entries.Count >= MostEntries)
            {
                return new GoogleLog(entries[^1].Timestamp, to, GoogleActReader.Read(service.Project, entries), null, null, IsCut: true);
            }
        }

        return new GoogleLog(from, to, GoogleActReader.Read(service.Project, entries), await EarlierAsync(service, from, cancellationToken), null, IsCut: false);
    }

    /// <summary>The state that the first act of the stretch found: that which the last one before it left.</summary>
    private async Task<string?> EarlierAsync(ResourceName service, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var query = new LogQuery { Project = service.Project, Filter = Filter(service, from.AddDays(-400), from), NewestFirst = true, PageSize = 10 };
        await foreach (var page in logs.ReadAsync(query, cancellationToken))
        {
            if (page.Error is not null || page.Entries.Count > 0)
            {
                return GoogleActReader.Read(service.Project, page.Entries).Acts.LastOrDefault(static a => a.State is not null)?.State;
            }
        }

        return null;
    }

    private static string Filter(ResourceName service, DateTimeOffset from, DateTimeOffset to) =>
        $"{GoogleActReader.Filter(service.Project, from, to)} AND resource.labels.service_name=\"{service.Id}\" AND resource.labels.location=\"{service.Location}\"";
}
