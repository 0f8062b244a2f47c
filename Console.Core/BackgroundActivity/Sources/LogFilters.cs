using System.Globalization;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>
/// Filters in the Logging query language (https://cloud.google.com/logging/docs/view/logging-query-language). A request
/// entry's timestamp is the START of the request, and it is written at the end: whoever reads a window by timestamp alone
/// misses the requests that were in flight at its edges.
/// </summary>
internal static class LogFilters
{
    /// <summary>The longest request timeout of Cloud Run is 60 minutes; five more for the way into Cloud Logging.</summary>
    public static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(65);

    private const string Requests = """log_id("run.googleapis.com/requests")""";

    /// <summary>Entries that arrived since a time, wherever their timestamps put them.</summary>
    public static string ReceivedSince(DateTimeOffset since) =>
        $"{OfServices([])} AND receiveTimestamp>=\"{Text(since)}\" AND timestamp>=\"{Text(since - LongestRequest)}\"";

    /// <summary>Entries of a stretch of time, and the requests that began before it and ended in it or later.</summary>
    /// <param name="services">Short names; empty means all.</param>
    /// <param name="from">Included.</param>
    /// <param name="to">Not included; null means everything newer.</param>
    /// <param name="cursor">Read on from here: entries before it were read already (oldest first).</param>
    /// <param name="notAfter">Read on down from here: entries after it were read already (newest first).</param>
    public static string Window(
        IReadOnlyList<string> services, DateTimeOffset from, DateTimeOffset? to, DateTimeOffset? cursor = null, DateTimeOffset? notAfter = null)
    {
        var lower = cursor ?? from - LongestRequest;
        var filter = $"{OfServices(services)} AND timestamp>=\"{Text(lower)}\"";
        if (to is { } end)
        {
            filter += $" AND timestamp<\"{Text(end)}\"";
        }

        if (notAfter is { } upper)
        {
            filter += $" AND timestamp<=\"{Text(upper)}\"";
        }

        return lower >= from
            ? filter
            : $"{filter} AND (timestamp>=\"{Text(from)}\" OR ({Requests} AND receiveTimestamp>=\"{Text(from)}\"))";
    }

    /// <summary>Entries of services without their audit entries; all services in one filter, for they share 60 calls a minute.</summary>
    private static string OfServices(IReadOnlyList<string> services)
    {
        var names = services.Count switch
        {
            0 => "",
            1 => $" AND resource.labels.service_name=\"{services[0]}\"",
            _ => $" AND resource.labels.service_name=({string.Join(" OR ", services.Select(static s => $"\"{s}\""))})",
        };
        return $"resource.type=\"cloud_run_revision\" AND NOT logName:\"cloudaudit.googleapis.com\"{names}";
    }

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
