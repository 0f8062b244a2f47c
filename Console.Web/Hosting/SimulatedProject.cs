using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Hosting;

/// <summary>Settings of the demo's project in the simulator's own terms.</summary>
internal static class SimulatedProject
{
    /// <summary>Options for <see cref="SimulatorHost.StartAsync"/>.</summary>
    public static SimulatorOptions Options(SimulatorSettings settings) => new()
    {
        Port = settings.Port,
        Seed = settings.Seed,
        History = TimeSpan.FromHours(settings.HistoryHours),
        LiveTraffic = settings.LiveTraffic,
    };
}
