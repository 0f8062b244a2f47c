namespace OpsConsole.Web.Simulator.Logging;

/// <summary>
/// One stored log entry. Typed where filters look, raw JSON where they seldom do: 100 thousand entries
/// as JSON trees would take half a gigabyte.
/// </summary>
internal sealed class LogRecord
{
    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Nanoseconds since the Unix epoch; the entry is invisible before.</summary>
    public required long Received { get; init; }

    public required string InsertId { get; init; }

    /// <summary>Full name with the encoded id: <c>projects/p/logs/run.googleapis.com%2Fstdout</c>.</summary>
    public required string LogName { get; init; }

    public required LogResource Resource { get; init; }

    public KeyValuePair<string, string>[] Labels { get; init; } = [];

    public LogSeverity Severity { get; init; }

    public string? TextPayload { get; init; }

    /// <summary>UTF-8 JSON object.</summary>
    public byte[]? JsonPayload { get; init; }

    public LogHttpRequest? HttpRequest { get; init; }

    public string? Trace { get; init; }

    public string? SpanId { get; init; }

    public bool TraceSampled { get; init; }

    /// <summary>UTF-8 JSON object with all other fields of the entry (protoPayload, operation, sourceLocation …).</summary>
    public byte[]? Other { get; init; }

    /// <summary>Order of the store: time, then insertId (what the API documents for ties), then log.</summary>
    public static int Compare(LogRecord a, LogRecord b)
    {
        var byTime = a.Timestamp.CompareTo(b.Timestamp);
        if (byTime != 0)
        {
            return byTime;
        }

        var byId = string.CompareOrdinal(a.InsertId, b.InsertId);
        return byId != 0 ? byId : string.CompareOrdinal(a.LogName, b.LogName);
    }
}
