using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpsConsole.Web.Observability;

/// <summary>
/// Traces and metrics over OTLP while the console runs. OpenTelemetry.Extensions.Hosting is not served by the registry that the project builds
/// against: the providers are made by hand. With it, delete this class and use AddOpenTelemetry(). ASP.NET Core, HttpClient, Npgsql and Blazor bring
/// their own sources and meters; requests carry W3C trace context in and out without it, too.
/// </summary>
internal sealed class Telemetry(Uri endpoint, ConsoleMeter meter) : IHostedService, IDisposable
{
    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits"];

    private static readonly string[] Meters =
    [
        ConsoleMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits", "System.Net.Http", "System.Runtime", "Npgsql",
    ];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <summary>Who reports.</summary>
    public static ResourceBuilder Resource() => ResourceBuilder.CreateDefault()
        .AddService(
            Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") ?? Environment.GetEnvironmentVariable("K_SERVICE") ?? "opsconsole",
            serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3),
            serviceInstanceId: Environment.GetEnvironmentVariable("K_REVISION") is { } revision ? $"{revision}/{Environment.MachineName}" : Environment.MachineName)
        .AddEnvironmentVariableDetector();

    /// <summary>How each signal is sent.</summary>
    public static void Send(OtlpExporterOptions options, Uri endpoint, string signal)
    {
        // The path of a signal is added only to addresses of the environment; ours is given in code.
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri($"{endpoint.ToString().TrimEnd('/')}/v1/{signal}");
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = meter;
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(Sources)
            .AddOtlpExporter(options => Send(options, endpoint, "traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Meters)
            .AddOtlpExporter(options => Send(options, endpoint, "metrics")).Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        // The collector may be gone: the last figures are not worth the drain.
        _traces?.ForceFlush(1000);
        _metrics?.ForceFlush(1000);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
