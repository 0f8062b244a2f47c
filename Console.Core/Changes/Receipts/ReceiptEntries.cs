using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// Reads the entries of a service in a window, and of the requests that were in flight when it began. Reading begins next to the
/// change, so that what a busy service has beyond the cap is missing at the far end.
/// </summary>
internal sealed class ReceiptEntries(ILogs logs)
{
    /// <summary>At most so many entries a window: some 50 of the 60 calls that a project has a minute, once.</summary>
    public const int Most = 50_000;

    /// <summary>The question for a window.</summary>
    public static string Filter(ResourceName service, DateTimeOffset from, DateTimeOffset to) =>
        $"{LogFilters.Window([service.Id], from, to)} AND resource.labels.location=\"{service.Location}\"";

    /// <summary>Reads a window.</summary>
    /// <param name="service">The service.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="newestFirst">From the end of the window back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entries; how far they reach where the cap cut them; the failure that ended the reading.</returns>
    public async Task<(List<LogEntry> Entries, DateTimeOffset? CutAt, CloudRunError? Error)> ReadAsync(
        ResourceName service, DateTimeOffset from, DateTimeOffset to, bool newestFirst, CancellationToken cancellationToken)
    {
        List<LogEntry> entries = [];
        var query = new LogQuery { Project = service.Project, Filter = Filter(service, from, to), NewestFirst = newestFirst };
        await foreach (var page in logs.ReadAsync(query, cancellationToken))
        {
            if (page.Error is { } error)
            {
                return (entries, null, error);
            }

            entries.AddRange(page.Entries);
            if (entries.Count >= Most)
            {
                // Further entries may share the last one's time: it is left out.
                var last = entries[^1].Timestamp;
                return (entries, last > from && last < to ? last : newestFirst ? from : to, null);
            }
        }

        return (entries, null, null);
    }

    /// <summary>True for what <see cref="Filter"/> of these times asks for: to make a window smaller without asking again.</summary>
    public static bool Belongs(LogEntry entry, DateTimeOffset from, DateTimeOffset to) =>
        entry.Timestamp < to
        && (entry.Timestamp >= from
            || (entry.LogName.EndsWith("run.googleapis.com%2Frequests", StringComparison.Ordinal)
                && entry.Timestamp >= from - LogFilters.LongestRequest && entry.ReceiveTimestamp >= from));
}
