using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>
/// Reads writes to Cloud Run out of Cloud Audit Logs (https://cloud.google.com/run/docs/audit-logging). Both spellings of methods and
/// names: v1 <c>google.cloud.run.v1.Services.ReplaceService</c> on <c>namespaces/P/services/S</c> (the region is a label), v2
/// <c>google.cloud.run.v2.Services.UpdateService</c> on the full name, and Cloud Functions' <c>…InternalServices.ReplaceInternalService</c>.
/// </summary>
public static class GoogleActReader
{
    /// <summary>The filter that asks for the entries.</summary>
    public static string Filter(string project, DateTimeOffset from, DateTimeOffset to) => string.Create(
        CultureInfo.InvariantCulture,
        $"(logName=\"projects/{project}/logs/cloudaudit.googleapis.com%2Factivity\" OR logName=\"projects/{project}/logs/cloudaudit.googleapis.com%2Fsystem_event\") AND protoPayload.serviceName=\"run.googleapis.com\" AND timestamp>=\"{from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\" AND timestamp<\"{to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\"");

    /// <summary>Reads entries in any order; what is no write to a service or worker pool is passed over.</summary>
    public static GoogleBook Read(string project, IEnumerable<LogEntry> entries)
    {
        List<GoogleAct> acts = [];
        Dictionary<string, int> byOperation = new(StringComparer.Ordinal);
        Dictionary<string, (DateTimeOffset At, string Text)> readiness = new(StringComparer.Ordinal);
        List<GoogleSystemEvent> events = [];
        foreach (var entry in entries.DistinctBy(static e => (e.LogName, e.Timestamp, e.InsertId)))
        {
            using var json = JsonDocument.Parse(entry.RawJson);
            if (!TryObject(json.RootElement, "protoPayload", out var payload))
            {
                continue;
            }

            if (entry.LogName.EndsWith("system_event", StringComparison.Ordinal))
            {
                if (Text(payload, "status", "message") is { Length: > 0 } said)
                {
                    var failed = TryObject(payload, "status", out var status) && status.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.GetInt32() != 0;
                    events.Add(new GoogleSystemEvent(entry.Timestamp, entry.RevisionName, said, failed, entry.InsertId));
                }

                // "Ready condition status changed to True for Revision x-00008-6t4 with message: Deploying revision succeeded in 8.87s."
                if (entry.RevisionName.Length > 0 && Text(payload, "status", "message") is { Length: > 0 } text
                    && (!readiness.TryGetValue(entry.RevisionName, out var known) || known.At <= entry.Timestamp))
                {
                    readiness[entry.RevisionName] = (entry.Timestamp, text);
                }
            }
            else if (Act(project, entry, payload, Text(json.RootElement, "operation", "id")) is { } act)
            {
                if (act.Operation.Length > 0 && byOperation.TryGetValue(act.Operation, out var other))
                {
                    acts[other] = Merge(acts[other], act);
                    continue;
                }

                byOperation[act.Operation] = acts.Count;
                acts.Add(act);
            }
        }

        return new GoogleBook([.. acts.OrderBy(static a => a.At)], readiness.ToDictionary(static r => r.Key, static r => r.Value.Text, StringComparer.Ordinal))
        {
            Events = [.. events.OrderBy(static e => e.At)],
        };
    }

    private static GoogleAct Merge(GoogleAct a, GoogleAct b)
    {
        var (first, last) = a.At <= b.At ? (a, b) : (b, a);
        return first with
        {
            Ended = last.At,
            Generation = Math.Max(first.Generation, last.Generation),
            Revision = last.Revision.Length > 0 ? last.Revision : first.Revision,
            Failure = last.Failure ?? first.Failure,
            State = last.State ?? first.State,
            InsertIds = [.. first.InsertIds, .. last.InsertIds],
        };
    }

    private static GoogleAct? Act(string project, LogEntry entry, JsonElement payload, string operation)
    {
        var method = Text(payload, "methodName");
        var verb = method[(method.LastIndexOf('.') + 1)..];
        var collection = verb.EndsWith("WorkerPool", StringComparison.Ordinal) ? "workerPools" : verb.EndsWith("Service", StringComparison.Ordinal) ? "services" : "";
        if (collection.Length == 0
            || !(verb.StartsWith("Create", StringComparison.Ordinal) || verb.StartsWith("Replace", StringComparison.Ordinal)
                || verb.StartsWith("Update", StringComparison.Ordinal) || verb.StartsWith("Delete", StringComparison.Ordinal)))
        {
            return null;
        }

        var name = Text(payload, "resourceName");
        var location = name.Split('/') is ["projects", _, "locations", var region, ..] ? region : entry.Location;
        TryObject(payload, "response", out var response);
        var failed = TryObject(payload, "status", out var status) && status.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.GetInt32() != 0;
        return new GoogleAct
        {
            Key = new BookKey(collection, project, location, name[(name.LastIndexOf('/') + 1)..]),
            Method = verb,
            Principal = Text(payload, "authenticationInfo", "principalEmail"),
            UserAgent = Text(payload, "requestMetadata", "callerSuppliedUserAgent"),
            At = entry.Timestamp,
            Operation = operation,
            Generation = Number(response, "generation") is > 0 and var generation ? generation : Number(Child(response, "metadata"), "generation"),
            Revision = Short(Text(response, "latestCreatedRevision") is { Length: > 0 } v2 ? v2 : Text(response, "status", "latestCreatedRevisionName")),
            Failure = failed ? Text(status, "message") : null,
            State = StateIn(response),
            InsertIds = [entry.InsertId],
        };
    }

    /// <summary>
    /// The resource in a response: itself, or, where an operation was answered, inside it. v1 resources (<c>apiVersion</c>,
    /// <c>spec</c>) have no fields to compare with.
    /// </summary>
    private static string? StateIn(JsonElement response)
    {
        var resource = TryObject(response, "response", out var inside) ? inside : response;
        return TryObject(resource, "template", out _) && !resource.TryGetProperty("spec", out _) ? resource.GetRawText() : null;
    }

    private static string Short(string name) => name[(name.LastIndexOf('/') + 1)..];

    // 64-bit numbers are strings in Google's JSON.
    private static long Number(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
                : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
                : 0
            : 0;

    private static JsonElement Child(JsonElement parent, string name) => TryObject(parent, name, out var child) ? child : default;

    private static bool TryObject(JsonElement parent, string name, out JsonElement child)
    {
        child = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out child) && child.ValueKind == JsonValueKind.Object;
    }

    private static string Text(JsonElement parent, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out parent))
            {
                return "";
            }
        }

        return parent.ValueKind == JsonValueKind.String ? parent.GetString()! : "";
    }
}
