namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Simulator</c>: the demo's simulated project.</summary>
public sealed class SimulatorSettings
{
    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Seed of the workload.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Hours of history at start.</summary>
    public int HistoryHours { get; set; } = 24;

    /// <summary>Whether new requests keep coming.</summary>
    public bool LiveTraffic { get; set; } = true;
}
