namespace OpsConsole.Core.Logs;

/// <summary>
/// One entry of Cloud Logging as screens show it (google.logging.v2.LogEntry). The correlator does not use this type:
/// it reads <see cref="RawJson"/> of many entries into a <see cref="LogTable"/>.
/// </summary>
public sealed record LogEntry
{
    /// <summary>Unique with <see cref="LogName"/> and <see cref="Timestamp"/>, not alone.</summary>
    public string InsertId { get; init; } = "";

    /// <summary>As sent: <c>projects/P/logs/run.googleapis.com%2Frequests</c>.</summary>
    public string LogName { get; init; } = "";

    /// <summary>When the event happened; for requests, when the request STARTED.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>When Cloud Logging received it.</summary>
    public DateTimeOffset? ReceiveTimestamp { get; init; }

    /// <summary>As sent; empty means DEFAULT.</summary>
    public string Severity { get; init; } = "";

    /// <summary>textPayload, or jsonPayload's message, or the whole payload as JSON.</summary>
    public string Text { get; init; } = "";

    /// <summary>None when the entry carries no trace.</summary>
    public TraceId Trace { get; init; }

    /// <summary>As sent, hexadecimal or decimal; empty when absent.</summary>
    public string SpanId { get; init; } = "";

    /// <summary><c>labels.instanceId</c>; empty when absent.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary><c>resource.type</c>, for example <c>cloud_run_revision</c>.</summary>
    public string ResourceType { get; init; } = "";

    /// <summary><c>resource.labels.service_name</c> (or job_name, worker_pool_name).</summary>
    public string ServiceName { get; init; } = "";

    /// <summary><c>resource.labels.revision_name</c>.</summary>
    public string RevisionName { get; init; } = "";

    /// <summary><c>resource.labels.location</c>.</summary>
    public string Location { get; init; } = "";

    /// <summary>Set for request entries.</summary>
    public HttpRequestInfo? HttpRequest { get; init; }

    /// <summary>The entry exactly as it came: one JSON object in UTF-8.</summary>
    public required ReadOnlyMemory<byte> RawJson { get; init; }
}
