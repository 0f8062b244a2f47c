namespace OpsConsole.Web.Simulator.Workload;

internal enum BackgroundState
{
    Pending,
    Completed,

    /// <summary>The instance went away first.</summary>
    Lost,
}
