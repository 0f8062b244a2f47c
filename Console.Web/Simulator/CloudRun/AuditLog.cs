using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;
using OpsConsole.Web.Simulator.CloudRun.Wire;
using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>
/// Cloud Audit Logs of Cloud Run: who changed what (activity, two entries for each long-running call), and what the system did
/// (system_event, without a who). https://cloud.google.com/run/docs/audit-logging.
/// </summary>
internal sealed class AuditLog(LogStore logs, Geography geography, Ids ids)
{
    /// <summary>A call came in. Each call's second entry, if it has one, carries the same operation id.</summary>
    public void Activity(AuditCall call, DateTimeOffset time, ApiError? error, JsonObject? response, bool first, bool last)
    {
        var payload = new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.cloud.audit.AuditLog",
            ["status"] = error?.ToStatus() ?? [],
            ["authenticationInfo"] = new JsonObject
            {
                ["principalEmail"] = call.Caller.Email,
                ["principalSubject"] = (IsServiceAccount(call.Caller.Email) ? "serviceAccount:" : "user:") + call.Caller.Email,
            },
            ["requestMetadata"] = new JsonObject
            {
                ["callerIp"] = call.Caller.Ip,
                ["callerSuppliedUserAgent"] = call.Caller.UserAgent,
                ["requestAttributes"] = new JsonObject { ["time"] = WireTime.Timestamp(time), ["auth"] = new JsonObject() },
                ["destinationAttributes"] = new JsonObject(),
            },
            ["serviceName"] = "run.googleapis.com",
            ["methodName"] = "google.cloud.run.v2." + call.Method,
            ["authorizationInfo"] = new JsonArray(new JsonObject
            {
                ["resource"] = call.Name,
                ["permission"] = call.Permission,
                ["granted"] = true,
                ["permissionType"] = "ADMIN_WRITE",
                ["resourceAttributes"] = new JsonObject(),
            }),
            ["resourceName"] = call.Name,
            ["resourceLocation"] = new JsonObject { ["currentLocations"] = new JsonArray(ResourceName.LocationOf(call.Name)) },
        };
        if (first && call.Request is not null)
        {
            payload["request"] = WithoutSecrets(call.Request);
        }

        if (last && error is null && response is not null)
        {
            payload["response"] = WithoutSecrets(response);
        }

        var entry = Entry(payload, "activity", call.Name, time, error is null ? "NOTICE" : "ERROR");
        if (call.OperationId is not null)
        {
            var operation = new JsonObject { ["id"] = call.OperationId, ["producer"] = "run.googleapis.com" };
            operation[first ? "first" : "last"] = true;
            entry["operation"] = operation;
        }

        logs.Write(entry);
    }

    /// <summary>
    /// "Ready condition status changed to True for Revision x-00008-6t4 with message: Deploying revision succeeded in 8.87s."
    /// </summary>
    /// <param name="method">With a slash in front: <c>/Services.ReplaceService</c>.</param>
    /// <param name="noun">Revision or Service.</param>
    /// <param name="name">The full name of what became ready or did not.</param>
    /// <param name="time">When.</param>
    /// <param name="ready">Whether it is ready.</param>
    /// <param name="message">The condition's message.</param>
    public void ReadyChanged(string method, string noun, string name, DateTimeOffset time, bool ready, string message)
    {
        var text = $"Ready condition status changed to {(ready ? "True" : "False")} for {noun} {ResourceName.Short(name)}"
            + (message.Length > 0 ? $" with message: {message}" : ".");
        SystemEvent(method, name, time, ready ? null : 9, text);
    }

    /// <summary>An event of the platform. It names no account: do not look for who.</summary>
    public void SystemEvent(string method, string name, DateTimeOffset time, int? code, string text)
    {
        var status = new JsonObject();
        if (code is not null)
        {
            status["code"] = code;
        }

        status["message"] = text;

        // The v1 spelling of names, which has no region: "namespaces/P/revisions/R".
        var parts = name.Split('/');
        var entry = Entry(
            new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.cloud.audit.AuditLog",
                ["status"] = status,
                ["serviceName"] = "run.googleapis.com",
                ["methodName"] = method,
                ["resourceName"] = $"namespaces/{geography.Project}/{parts[^2]}/{parts[^1]}",
            },
            "system_event",
            name,
            time,
            code is null ? "INFO" : "ERROR");
        logs.Write(entry);
    }

    private JsonObject Entry(JsonObject payload, string log, string name, DateTimeOffset time, string severity) => new()
    {
        ["protoPayload"] = payload,

        // Audit entries have insert ids of a shape of their own: "-6d3rvzdv4fy".
        ["insertId"] = "-" + ids.Uuid().Replace("-", "", StringComparison.Ordinal)[..11],
        ["resource"] = Resource(name),
        ["timestamp"] = WireTime.Timestamp(time),
        ["severity"] = severity,
        ["logName"] = $"projects/{geography.Project}/logs/cloudaudit.googleapis.com%2F{log}",
        ["receiveTimestamp"] = WireTime.Timestamp(time.AddMilliseconds(415)),
    };

    private JsonObject Resource(string name)
    {
        var parts = name.Split('/');
        var (collection, id) = (parts[4], parts.Length > 5 ? parts[5] : "");
        var labels = new JsonObject { ["project_id"] = geography.Project, ["location"] = parts[3] };
        if (collection == "services")
        {
            labels["service_name"] = id;
            labels["configuration_name"] = parts.Length > 7 ? id : "";
            labels["revision_name"] = parts.Length > 7 ? parts[7] : "";
            return new JsonObject { ["type"] = "cloud_run_revision", ["labels"] = labels };
        }

        if (collection == "jobs")
        {
            labels["job_name"] = id;
            return new JsonObject { ["type"] = "cloud_run_job", ["labels"] = labels };
        }

        labels["worker_pool_name"] = id;
        labels["revision_name"] = parts.Length > 7 ? parts[7] : "";
        return new JsonObject { ["type"] = "cloud_run_worker_pool", ["labels"] = labels };
    }

    private static bool IsServiceAccount(string email) => email.EndsWith(".gserviceaccount.com", StringComparison.Ordinal);

    /// <summary>Real entries hold the whole resource with the values of its variables; these keep the names only.</summary>
    private static JsonObject WithoutSecrets(JsonObject resource)
    {
        var copy = resource.Copy();
        foreach (var variable in copy.Child("template").Children("containers").SelectMany(static c => c.Children("env")))
        {
            variable.Remove("value");
        }

        return copy;
    }
}
