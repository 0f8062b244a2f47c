namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Telemetry</c>: where the console's own traces, metrics and logs go.</summary>
public sealed class TelemetrySettings
{
    /// <summary>Address of an OTLP collector (http/protobuf), for example <c>http://127.0.0.1:4318</c>; empty: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, else nowhere.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary><c>Text</c>, <c>CloudLogging</c> (one JSON object a line); empty: CloudLogging on Cloud Run, else Text.</summary>
    public string LogFormat { get; set; } = "";
}
