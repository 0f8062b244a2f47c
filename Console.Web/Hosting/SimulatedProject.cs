using System.Text.Json;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Hosting;

/// <summary>Settings of the demo's project in the simulator's own terms.</summary>
internal static class SimulatedProject
{
    /// <summary>How long a demo's project goes on over restarts; after that a new one is set up, because going through its past takes ever longer.</summary>
    private static readonly TimeSpan GoesOnFor = TimeSpan.FromHours(12);

    /// <summary>Options for <see cref="SimulatorHost.StartAsync"/>.</summary>
    public static SimulatorOptions Options(SimulatorSettings settings) => new()
    {
        Port = settings.Port,
        Seed = settings.Seed,
        History = TimeSpan.FromHours(settings.HistoryHours),
        LiveTraffic = settings.LiveTraffic,
    };

    /// <summary>The same for a demo that keeps its data folder: started again, it sends the events that the trail holds already under the ids that they have there.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">Data folder.</param>
    /// <param name="now">The clock.</param>
    public static SimulatorOptions Options(SimulatorSettings settings, string folder, DateTimeOffset now)
    {
        var options = Options(settings);
        if (settings.HistoryHours == 0)
        {
            return options;
        }

        var file = Path.Combine(folder, "simulator.json");
        var asked = new Past(settings.Seed, settings.HistoryHours, now);
        var past = Read(file) is { } kept && kept with { Since = now } == asked && kept.Since <= now && now - kept.Since <= GoesOnFor ? kept : asked;
        if (past == asked)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(past));
        }

        return options with { Since = past.Since };
    }

    private static Past? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<Past>(File.ReadAllText(file)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Past(int Seed, int HistoryHours, DateTimeOffset Since);
}
