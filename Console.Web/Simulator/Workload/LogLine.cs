using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>One line that a container writes: text, or a JSON object that becomes jsonPayload.</summary>
internal sealed record LogLine(LogStream Stream, string? Text, byte[]? Json, LogSeverity Severity = LogSeverity.DEFAULT, TraceStyle Trace = TraceStyle.None)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Container of a service with several; null for the service's main one.</summary>
    public string? Container { get; init; }

    /// <summary>Plain text has no severity, not even on stderr.</summary>
    public static LogLine Out(string text, TraceStyle trace = TraceStyle.None) => new(LogStream.Stdout, text, null, Trace: trace);

    public static LogLine Err(string text) => new(LogStream.Stderr, text, null);

    public static LogLine Structured(LogSeverity severity, JsonObject payload, TraceStyle trace = TraceStyle.None) =>
        new(LogStream.Stdout, null, JsonSerializer.SerializeToUtf8Bytes(payload, Plain), severity, trace);

    public static LogLine Platform(string text, LogSeverity severity) => new(LogStream.System, text, null, severity);
}
