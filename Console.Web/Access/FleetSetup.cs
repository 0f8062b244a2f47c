using OpsConsole.Core.Access;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Access;

/// <summary>What pages read the fleet through: one memory for the process, and for each viewer the projects in which one of their roles holds.</summary>
internal static class FleetSetup
{
    private const string Whole = "whole";

    /// <summary>Registers it.</summary>
    public static void AddFleet(this IServiceCollection services)
    {
        services.AddKeyedSingleton<FleetCache>(Whole);
        services.AddScoped(static provider =>
        {
            var viewer = provider.GetRequiredService<CurrentActor>();
            return provider.GetRequiredKeyedService<FleetCache>(Whole).For(project => viewer.Now?.MayIn(Permission.ViewServices, project) ?? false);
        });
    }
}
