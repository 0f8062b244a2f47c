using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;

namespace OpsConsole.Web.Hosting;

/// <summary>What one open page, and all that were left without a word, may hold of memory and time. docs/operations.md has what a page takes.</summary>
internal static class CircuitBounds
{
    /// <summary>Sets them.</summary>
    public static void AddCircuitBounds(this IServiceCollection services, ConsoleSettings settings)
    {
        services.Configure<CircuitOptions>(circuits =>
        {
            circuits.DetailedErrors = false;
            circuits.DisconnectedCircuitMaxRetained = settings.Limits.DisconnectedPages;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(settings.Limits.DisconnectedSeconds);

            // A browser that does not keep up is not drawn for: beyond this the page waits, and shows the newest state afterwards.
            circuits.MaxBufferedUnacknowledgedRenderBatches = 10;
            circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(20);

            // A page that was given up would be kept in another form for two hours; the script in use (see BlazorAssets.targets) cannot ask for it.
            circuits.PersistedCircuitInMemoryMaxRetained = 0;
        });

        // What people type and choose is far smaller. Files are uploaded over HTTP.
        services.Configure<HubOptions>(static hub => hub.MaximumReceiveMessageSize = 64 * 1024);
    }
}
