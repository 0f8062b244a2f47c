using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Observability;

/// <summary>Registers logs, traces, metrics and the answers of the health endpoints.</summary>
internal static class ObservabilitySetup
{
    /// <summary>Registers them.</summary>
    public static void AddObservability(this WebApplicationBuilder builder, ConsoleSettings settings)
    {
        var cloud = settings.Telemetry.LogFormat == "CloudLogging" || (settings.Telemetry.LogFormat.Length == 0 && FrontSetup.OnCloudRun);
        builder.Logging.ClearProviders()
            .AddConsole(console => console.FormatterName = cloud ? CloudLogFormatter.FormatterName : TextLogFormatter.FormatterName)
            .SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)

            // It warns at each start that the keys lie unencrypted; the diagnostics page says so, where it can be mended.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddSingleton<ConsoleFormatter, CloudLogFormatter>();
        builder.Services.AddSingleton<ConsoleFormatter, TextLogFormatter>();
        builder.Services.AddSingleton<ConsoleMeter>();
        builder.Services.AddSingleton<Readiness>();
        if (Endpoint(settings) is { } endpoint)
        {
            builder.Logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(Telemetry.Resource()).AddProcessor(new RedactedRecords())
                .AddOtlpExporter(options => Telemetry.Send(options, endpoint, "logs")));
            builder.Services.AddHostedService(provider => new Telemetry(endpoint, provider.GetRequiredService<ConsoleMeter>()));
        }
    }

    /// <summary>Where telemetry goes; null for nowhere.</summary>
    public static Uri? Endpoint(ConsoleSettings settings) =>
        settings.Telemetry.OtlpEndpoint.Length > 0 ? new Uri(settings.Telemetry.OtlpEndpoint)
        : Uri.TryCreate(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"), UriKind.Absolute, out var fromEnvironment) ? fromEnvironment
        : null;
}
