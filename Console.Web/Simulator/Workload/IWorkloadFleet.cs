namespace OpsConsole.Web.Simulator.Workload;

/// <summary>The simulated project's services as they are set now: what the workload reads its settings from.</summary>
public interface IWorkloadFleet
{
    /// <summary>All services with every revision that is ready, becoming ready, or still able to have instances.</summary>
    IReadOnlyList<WorkloadService> Snapshot();

    /// <summary>Raised after a service changed, with its short name.</summary>
    event Action<string>? ServiceChanged;
}
