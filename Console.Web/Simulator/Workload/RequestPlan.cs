using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>What a service makes of one request.</summary>
internal sealed class RequestPlan
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Time in the handler, in microseconds.</summary>
    public required long Duration { get; init; }

    /// <summary>Lines within the request: microseconds after its start, and the line.</summary>
    public List<(long Offset, LogLine Line)> Lines { get; } = [];

    public List<BackgroundWork> Background { get; } = [];

    /// <summary>Calls to other services of the project, which carry on the trace: microseconds after the start, and the service.</summary>
    public List<(long Offset, string Service)> Calls { get; } = [];

    /// <summary>Audit records that are committed before the response: microseconds after the start, and the record.</summary>
    public List<(long Offset, AuditRecordPlan Record)> Records { get; } = [];

    public int RequestSize { get; init; } = 700;

    public int? ResponseSize { get; init; } = 900;

    public string UserAgent { get; init; } = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

    public string? Referer { get; init; }

    /// <summary>The web server's line, written just after the end; null for servers that write none.</summary>
    public LogLine? Access { get; init; }

    /// <summary>Memory that stays taken, in MiB.</summary>
    public double Leak { get; init; }

    /// <summary>An upgraded connection: status 101, six decimals of latency, no severity.</summary>
    public bool IsWebSocket => Status == 101;
}
