namespace OpsConsole.Web.Simulator.Logging;

/// <summary>The <c>httpRequest</c> part of an entry. Absent numbers are null: Google omits defaults.</summary>
internal sealed record LogHttpRequest
{
    public string? Method { get; init; }

    public string? Url { get; init; }

    public long? RequestSize { get; init; }

    public int? Status { get; init; }

    public long? ResponseSize { get; init; }

    public string? UserAgent { get; init; }

    public string? RemoteIp { get; init; }

    public string? ServerIp { get; init; }

    public string? Referer { get; init; }

    /// <summary>As written: <c>0.355534s</c>.</summary>
    public string? Latency { get; init; }

    public string? Protocol { get; init; }

    /// <summary>The whole object as JSON, when a writer used fields that are not modelled here (cacheHit …).</summary>
    public byte[]? Raw { get; init; }
}
