using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Ingestion;

/// <summary>
/// Events out of entries of Cloud Audit Logs of Cloud Run (https://cloud.google.com/run/docs/audit-logging). The same entry always gives the
/// same event with the same id, so that reading it twice records it once.
/// </summary>
public static class CloudAuditEvents
{
    /// <summary>Who appended them, and the service that reports them.</summary>
    public const string Source = "cloudaudit.googleapis.com";

    private static readonly string[] Logs = ["activity", "system_event", "data_access"];

    // Of an event's 256 KiB; the rest is for what stands around it.
    private const int MostDetails = 200 * 1024;

    /// <summary>The filter that asks for the entries from a moment on.</summary>
    public static string Filter(string project, DateTimeOffset from)
    {
        var logs = string.Join(" OR ", Logs.Select(log => $"logName=\"projects/{project}/logs/cloudaudit.googleapis.com%2F{log}\""));
        return $"({logs}) AND protoPayload.serviceName=\"run.googleapis.com\" AND timestamp>=\"{from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}\"";
    }

    /// <summary>Id of an entry's event: insertIds are unique only with log and time.</summary>
    public static string IdOf(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var name = string.Create(CultureInfo.InvariantCulture, $"{entry.LogName}\n{entry.Timestamp.UtcTicks}\n{entry.InsertId}");
        return $"gcp-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..40]}";
    }

    /// <summary>Reads one; null for what is no audit entry.</summary>
    /// <param name="project">Workspace of the event.</param>
    /// <param name="entry">The entry.</param>
    public static AuditEvent? Read(string project, LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var json = JsonDocument.Parse(entry.RawJson);
        if (!json.RootElement.TryGetProperty("protoPayload", out var payload) || payload.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var name = Text(payload, "resourceName");
        var (outcome, failure) = Outcome(payload);
        TraceWords.TryTrace(Text(json.RootElement, "trace"), out var trace, out _);
        return new AuditEvent
        {
            Id = IdOf(entry),
            Time = AuditTime.Truncate(entry.Timestamp),
            Workspace = project,
            TraceId = trace,
            Actor = ActorOf(payload),
            Action = Action(Text(payload, "methodName")),
            Outcome = outcome,
            Reason = Fit(failure, AuditEventLimits.Reason),
            Resource = name.Length == 0 ? null : new AuditResource
            {
                Type = entry.ResourceType.Length > 0 ? entry.ResourceType : "cloud_run",
                Id = Fit(name, AuditEventLimits.ResourceId),
                Name = Fit(name[(name.LastIndexOf('/') + 1)..], AuditEventLimits.Label),
                Project = Fit(project, AuditEventLimits.Name),
                Location = Fit(entry.Location, AuditEventLimits.Name),
            },
            Source = new AuditSource { Service = Source, Revision = Fit(entry.RevisionName, AuditEventLimits.Label) },
            Details = Details(entry, json.RootElement, payload),
        };
    }

    private static (AuditOutcome Outcome, string? Failure) Outcome(JsonElement payload)
    {
        if (!payload.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object
            || !status.TryGetProperty("code", out var code) || !code.TryGetInt32(out var number) || number == 0)
        {
            return (AuditOutcome.Success, null);
        }

        // google.rpc.Code: 7 PERMISSION_DENIED, 16 UNAUTHENTICATED.
        return (number is 7 or 16 ? AuditOutcome.Denied : AuditOutcome.Failure, Redaction.Of(status) is JsonObject clean && clean["message"]?.GetValue<string>() is { Length: > 0 } message ? message : null);
    }

    // system_event names nobody: do not look for who.
    private static AuditActor ActorOf(JsonElement payload)
    {
        var email = payload.TryGetProperty("authenticationInfo", out var authentication) && authentication.ValueKind == JsonValueKind.Object ? Text(authentication, "principalEmail") : "";
        if (email.Length == 0)
        {
            return new AuditActor { Type = AuditActorType.System, Id = "run.googleapis.com" };
        }

        payload.TryGetProperty("requestMetadata", out var request);
        return new AuditActor
        {
            Type = email.EndsWith(".gserviceaccount.com", StringComparison.Ordinal) ? AuditActorType.Service : AuditActorType.User,
            Id = Fit(email, AuditEventLimits.Person)!,
            Ip = request.ValueKind == JsonValueKind.Object ? Fit(Text(request, "callerIp"), AuditEventLimits.Ip) : null,
            UserAgent = request.ValueKind == JsonValueKind.Object ? Fit(Text(request, "callerSuppliedUserAgent"), AuditEventLimits.UserAgent) : null,
        };
    }

    // google.cloud.run.v2.Services.UpdateService and /Services.ReplaceService become gcp.run.services.update_service and …replace_service.
    private static string Action(string method)
    {
        var parts = method.TrimStart('/').Split('.', StringSplitOptions.RemoveEmptyEntries);
        var text = new StringBuilder("gcp.run");
        foreach (var part in parts.TakeLast(2))
        {
            text.Append('.');
            var before = text.Length;
            foreach (var c in part.Where(char.IsAsciiLetterOrDigit))
            {
                if (char.IsAsciiLetterUpper(c) && text.Length > before)
                {
                    text.Append('_');
                }

                text.Append(char.ToLowerInvariant(c));
            }

            if (text.Length == before)
            {
                text.Append('x');
            }
        }

        return text.Length > AuditEventLimits.Name ? text.ToString(0, AuditEventLimits.Name).TrimEnd('.') : parts.Length == 0 ? "gcp.run.unknown" : text.ToString();
    }

    private static JsonElement Details(LogEntry entry, JsonElement root, JsonElement payload)
    {
        var details = new JsonObject
        {
            ["logName"] = entry.LogName,
            ["insertId"] = entry.InsertId,
            ["severity"] = entry.Severity,
            ["operation"] = root.TryGetProperty("operation", out var operation) ? JsonNode.Parse(operation.GetRawText()) : null,
            ["protoPayload"] = Redaction.Of(payload),
        };
        if (Encoding.UTF8.GetByteCount(details.ToJsonString()) > MostDetails && details["protoPayload"] is JsonObject large)
        {
            // Audit entries may have 512 KiB, events 256: the bodies of request and response go, what was done stays.
            foreach (var part in (string[])["request", "response", "serviceData", "metadata"])
            {
                large.Remove(part);
            }

            details["shortened"] = true;
        }

        return JsonSerializer.SerializeToElement(details);
    }

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string? Fit(string? text, int limit)
    {
        var clean = string.Concat((text ?? "").EnumerateRunes().Where(static r => !Rune.IsControl(r) && r.Value != 0xFFFD));
        return clean.Length == 0 ? null : clean.Length <= limit ? clean : clean[..(char.IsHighSurrogate(clean[limit - 1]) ? limit - 1 : limit)];
    }
}
