namespace OpsConsole.Web.Simulator.Workload;

/// <summary>The simulated callers: people and programs outside the project, whose requests come by chance.</summary>
internal sealed class Callers
{
    /// <summary>Whether they stay away: then the only requests are those that are sent, and what they call.</summary>
    public bool Away { get; set; }
}
