using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>
/// <c>GET /simulator/truth/audit?service=&amp;from=&amp;to=</c> (NDJSON): every audit record that requests which ended in the window must leave,
/// when it was written, or that it is lost. <c>from</c> and <c>to</c> mean the start of the request, as in its log entry.
/// </summary>
internal static class AuditTruthEndpoint
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Lines(IEnumerable<ServiceSimulation> services, long from, long to)
    {
        var text = new StringBuilder();
        foreach (var service in services)
        {
            foreach (var record in service.World.Truth.Records)
            {
                if (record.Request is { Ended: not null, InsertId: not null } request && request.Arrived >= from && request.Arrived < to)
                {
                    text.Append(Line(service.World.Name, request, record).ToJsonString(Json)).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static JsonObject Line(string service, SimRequest request, AuditWrite record) => new()
    {
        ["service"] = service,
        ["revision"] = request.Revision,
        ["instanceId"] = record.Instance,
        ["request"] = request.InsertId,
        ["traceId"] = request.TraceId,
        ["method"] = request.Plan.Method,
        ["path"] = request.Plan.Path,
        ["status"] = request.Plan.Status,
        ["responseAt"] = Time(request.Ended!.Value),
        ["action"] = record.Record.Action,
        ["workspace"] = record.Record.Workspace,
        ["background"] = record.Background,
        ["state"] = record.State switch
        {
            AuditWriteState.Written => "written",
            AuditWriteState.Lost => "lost",
            _ => "pending",
        },
        ["eventId"] = record.State == AuditWriteState.Written ? record.EventId : null,
        ["writtenAt"] = record.WrittenAt is { } at ? Time(at) : null,
        ["afterResponseSeconds"] = record.WrittenAt is { } written ? (written - request.Ended!.Value) / (double)SimTime.Second : null,
    };

    private static string Time(long micros) => SimTime.ToDateTimeOffset(micros).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
