using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>
/// <c>GET /simulator/truth?service=&amp;revision=&amp;from=&amp;to=</c> (JSON, per revision) and <c>/simulator/truth/entries</c> (NDJSON, one
/// line for each container or platform entry): what really happened, by the simulation's own knowledge. All parameters may be left out.
/// <c>/simulator/truth/audit</c> (NDJSON) is the truth about audit records.
/// </summary>
public static class TruthEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Maps the endpoints.</summary>
    public static void MapTruth(this IEndpointRouteBuilder app, WorkloadRunner workload)
    {
        app.MapGet("/simulator/truth", (string? service, string? revision, string? from, string? to) =>
            !TryWindow(from, to, out var start, out var end)
                ? BadTime()
                : Results.Json(new { revisions = workload.Read(all => Reports(all, service, revision, start, end)) }, Json));
        app.MapGet("/simulator/truth/entries", (string? service, string? revision, string? from, string? to) =>
            !TryWindow(from, to, out var start, out var end)
                ? BadTime()
                : Results.Text(workload.Read(all => Entries(all, service, revision, start, end)), "application/x-ndjson"));
        app.MapGet("/simulator/truth/audit", (string? service, string? from, string? to) =>
            !TryWindow(from, to, out var start, out var end)
                ? BadTime()
                : Results.Text(workload.Read(all => AuditTruthEndpoint.Lines(Chosen(all, service), start, end)), "application/x-ndjson"));
    }

    private static List<TruthReport> Reports(
        IReadOnlyDictionary<string, ServiceSimulation> all, string? service, string? revision, long start, long end) =>
    [
        .. from s in Chosen(all, service)
           from r in s.Revisions
           where revision is null || r.Name == revision
           select TruthReport.Of(s.World.Name, s.World.Location, r.Name, r.CpuIdle, s.World.Truth, start, end) into report
           where report.Requests + report.Refused + report.IdleInstanceEntries + report.UnattributedEntries > 0
           select report,
    ];

    private static string Entries(IReadOnlyDictionary<string, ServiceSimulation> all, string? service, string? revision, long from, long to)
    {
        var text = new StringBuilder();
        foreach (var simulation in Chosen(all, service))
        {
            foreach (var entry in simulation.World.Truth.Entries)
            {
                if (entry.At >= from && entry.At <= to && (revision is null || entry.Revision == revision))
                {
                    text.Append(Line(simulation.World.Name, entry).ToJsonString(Json)).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static JsonObject Line(string service, TruthEntry entry) => new()
    {
        ["insertId"] = entry.InsertId,
        ["service"] = service,
        ["revision"] = entry.Revision,
        ["instanceId"] = entry.Instance,
        ["class"] = Name(entry.Class),
        ["request"] = entry.Request?.InsertId,
        ["tailSeconds"] = entry.Request?.Ended is { } ended && entry.At > ended ? (entry.At - ended) / (double)SimTime.Second : null,
        ["requestsInFlight"] = entry.InFlight,
        ["frozenSeconds"] = entry.Frozen > 0 ? entry.Frozen / (double)SimTime.Second : null,
        ["resumedBy"] = entry.WokenBy?.InsertId,
    };

    private static string Name(EntryClass kind) => kind switch
    {
        EntryClass.InRequest => "in-request",
        EntryClass.Boundary => "boundary",
        EntryClass.AfterResponse => "after-response",
        EntryClass.Resumed => "resumed",
        EntryClass.IdleInstance => "idle-instance",
        EntryClass.Unattributed => "unattributed",
        EntryClass.Startup => "startup",
        EntryClass.Shutdown => "shutdown",
        _ => "platform",
    };

    private static IEnumerable<ServiceSimulation> Chosen(IReadOnlyDictionary<string, ServiceSimulation> all, string? service) =>
        service is null ? all.Values : all.TryGetValue(service, out var one) ? [one] : [];

    private static bool TryWindow(string? from, string? to, out long start, out long end) =>
        TryTime(from, long.MinValue, out start) & TryTime(to, long.MaxValue, out end);

    private static bool TryTime(string? text, long absent, out long micros)
    {
        micros = absent;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var known = EntryTime.TryParse(text, out var nanos);
        micros = nanos / 1000;
        return known;
    }

    private static IResult BadTime() =>
        ApiError.InvalidArgument("from and to are RFC 3339 times.").ToResult();
}
