using System.Globalization;
using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>
/// Writes log entries in the shapes of Cloud Run. insertId: 8 hex digits of seconds, 8 of microseconds (both of the time
/// of writing) and 8 random ones.
/// </summary>
internal sealed class EntryWriter(string project, Action<LogRecord> sink)
{
    private readonly string[] logNames =
    [
        $"projects/{project}/logs/run.googleapis.com%2Fstdout",
        $"projects/{project}/logs/run.googleapis.com%2Fstderr",
        $"projects/{project}/logs/run.googleapis.com%2Fvar%2Flog%2Fapp.log",
        $"projects/{project}/logs/run.googleapis.com%2Fvarlog%2Fsystem",
    ];

    private readonly string requests = $"projects/{project}/logs/run.googleapis.com%2Frequests";

    /// <summary>Writes a line of a container or the platform; gives its insertId. It is written at its timestamp.</summary>
    public string Line(LogLine line, long at, LogResource resource, KeyValuePair<string, string>[] labels, SimRequest? request, Seeded random)
    {
        var insertId = InsertId(at, random);
        sink(new LogRecord
        {
            Timestamp = at * 1000,
            Received = ((at + ContainerDelay(random)) * 1000) + random.Between(0, 1000),
            InsertId = insertId,
            LogName = logNames[(int)line.Stream],
            Resource = resource,
            Labels = labels,
            Severity = line.Severity,
            TextPayload = line.Text,
            JsonPayload = line.Json,
            Trace = line.Trace == TraceStyle.TraceAndSpan ? request?.Trace : null,
            SpanId = line.Trace switch
            {
                TraceStyle.TraceAndSpan => request?.Span.ToString("x16", CultureInfo.InvariantCulture),
                TraceStyle.DecimalSpan => request?.Span.ToString(CultureInfo.InvariantCulture),
                _ => null,
            },
        });
        return insertId;
    }

    /// <summary>Writes a request's entry; gives its insertId.</summary>
    /// <param name="request">Request.</param>
    /// <param name="written">When the entry is written: its end, or a little later.</param>
    /// <param name="latency">Latency in microseconds as the entry will say it; negative for a refused request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="text">The platform's text when it refused or ended the request.</param>
    /// <param name="host">Host of the URL.</param>
    /// <param name="resource">Resource.</param>
    /// <param name="labels">Labels; none when no instance took the request.</param>
    /// <param name="random">Random numbers.</param>
    public string Request(
        SimRequest request,
        long written,
        long latency,
        int status,
        string? text,
        string host,
        LogResource resource,
        KeyValuePair<string, string>[] labels,
        Seeded random)
    {
        var insertId = InsertId(written, random);
        var plan = request.Plan;
        sink(new LogRecord
        {
            Timestamp = request.Arrived * 1000,
            Received = ((written + RequestDelay(random)) * 1000) + random.Between(0, 1000),
            InsertId = insertId,
            LogName = requests,
            Resource = resource,
            Labels = labels,
            Severity = plan.IsWebSocket ? LogSeverity.DEFAULT : SeverityOf(status),
            TextPayload = text,
            HttpRequest = new LogHttpRequest
            {
                Method = plan.Method,
                Url = $"https://{host}{plan.Path}",
                RequestSize = plan.RequestSize,
                Status = status,
                ResponseSize = text is null ? plan.ResponseSize : null,
                UserAgent = request.CallerAgent ?? plan.UserAgent,
                RemoteIp = request.RemoteIp,
                ServerIp = "198.51.100.53",
                Referer = request.CallerAgent is null ? plan.Referer : null,
                Latency = Latency(latency, plan.IsWebSocket, random),
                Protocol = "HTTP/1.1",
            },
            Trace = request.Trace,
            SpanId = request.Span.ToString("x16", CultureInfo.InvariantCulture),
            TraceSampled = (request.Span & 7) == 0,
        });
        return insertId;
    }

    private static string InsertId(long at, Seeded random) => string.Create(
        CultureInfo.InvariantCulture,
        $"{at / SimTime.Second:x8}{at % SimTime.Second:x8}{(uint)random.Next():x8}");

    private static string Latency(long micros, bool isWebSocket, Seeded random) => micros < 0
        ? "0s"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{micros / SimTime.Second}.{micros % SimTime.Second:D6}{(isWebSocket ? "" : random.Between(1, 1000).ToString("D3", CultureInfo.InvariantCulture))}s");

    private static LogSeverity SeverityOf(int status) => status switch
    {
        >= 500 => LogSeverity.ERROR,
        >= 400 => LogSeverity.WARNING,
        _ => LogSeverity.INFO,
    };

    /// <summary>Container lines arrive within milliseconds, or with a batch some tenths later; one in two hundred is seconds late.</summary>
    private static long ContainerDelay(Seeded random) => random.Unit() switch
    {
        < 0.6 => SimTime.Of(random.Between(0.003, 0.018)),
        < 0.995 => SimTime.Of(random.Between(0.02, 0.6)),
        _ => SimTime.Of(random.Between(1.5, 8)),
    };

    private static long RequestDelay(Seeded random) => random.Unit() switch
    {
        < 0.4 => SimTime.Of(random.Between(0.002, 0.03)),
        < 0.99 => SimTime.Of(random.Between(0.03, 0.9)),
        _ => SimTime.Of(random.Between(1.0, 5.0)),
    };
}
