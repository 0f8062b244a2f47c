namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>Which fields a LogEntry has. A filter that names another is refused, as the API refuses it.</summary>
internal static class FieldCatalog
{
    private static readonly Dictionary<string, string> Snake = new(StringComparer.Ordinal)
    {
        ["receive_timestamp"] = "receiveTimestamp",
        ["insert_id"] = "insertId",
        ["log_name"] = "logName",
        ["text_payload"] = "textPayload",
        ["json_payload"] = "jsonPayload",
        ["proto_payload"] = "protoPayload",
        ["http_request"] = "httpRequest",
        ["span_id"] = "spanId",
        ["trace_sampled"] = "traceSampled",
        ["source_location"] = "sourceLocation",
        ["request_method"] = "requestMethod",
        ["request_url"] = "requestUrl",
        ["request_size"] = "requestSize",
        ["response_size"] = "responseSize",
        ["user_agent"] = "userAgent",
        ["remote_ip"] = "remoteIp",
        ["server_ip"] = "serverIp",
    };

    private static readonly HashSet<string> Scalars = new(StringComparer.Ordinal)
    {
        "timestamp", "receiveTimestamp", "insertId", "logName", "severity", "textPayload", "trace", "spanId", "traceSampled",
    };

    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "labels", "jsonPayload", "protoPayload", "operation", "sourceLocation", "errorGroups", "metadata", "split", "apphub",
    };

    private static readonly HashSet<string> Http = new(StringComparer.Ordinal)
    {
        "requestMethod", "requestUrl", "requestSize", "status", "responseSize", "userAgent", "remoteIp", "serverIp", "referer",
        "latency", "protocol", "cacheLookup", "cacheHit", "cacheValidatedWithOriginServer", "cacheFillBytes",
    };

    /// <summary>The path with snake_case names of LogEntry's own fields in lowerCamelCase; null when there is no such field.</summary>
    public static FieldPath? Resolve(string[] segments)
    {
        var root = Snake.GetValueOrDefault(segments[0], segments[0]);
        if (Scalars.Contains(root))
        {
            return segments.Length == 1 ? new FieldPath([root]) : null;
        }

        if (Open.Contains(root))
        {
            return segments.Skip(1).All(static s => s.Length > 0) ? new FieldPath([root, .. segments[1..]]) : null;
        }

        return root switch
        {
            "resource" when segments.Length == 1 || segments is [_, "type" or "labels"] => new FieldPath(segments),
            "resource" when segments is [_, "labels" or "label", _] => new FieldPath(["resource", "labels", segments[2]]),
            "httpRequest" when segments.Length == 1 => new FieldPath([root]),
            "httpRequest" when segments.Length == 2 && Http.Contains(Snake.GetValueOrDefault(segments[1], segments[1])) =>
                new FieldPath([root, Snake.GetValueOrDefault(segments[1], segments[1])]),
            _ => null,
        };
    }
}
