namespace OpsConsole.Core.Logs;

/// <summary>The <c>httpRequest</c> of a request entry (google.logging.type.HttpRequest).</summary>
public sealed record HttpRequestInfo
{
    public string Method { get; init; } = "";

    public string Url { get; init; } = "";

    /// <summary>0 when absent.</summary>
    public int Status { get; init; }

    /// <summary>Null when absent. Platform aborts say <c>0s</c> although the caller waited.</summary>
    public TimeSpan? Latency { get; init; }

    public string UserAgent { get; init; } = "";

    public string RemoteIp { get; init; } = "";

    public string Protocol { get; init; } = "";
}
