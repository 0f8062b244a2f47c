using Microsoft.AspNetCore.Components.Server.Circuits;

namespace OpsConsole.Web.Live;

/// <summary>What all pages share, as a feature of the host.</summary>
internal static class LiveSetup
{
    /// <summary>Registers it, one for each circuit.</summary>
    public static void AddLive(this IServiceCollection services)
    {
        services.AddScoped<CircuitEnd>();
        services.AddScoped<CircuitHandler>(static circuit => circuit.GetRequiredService<CircuitEnd>());
    }
}
