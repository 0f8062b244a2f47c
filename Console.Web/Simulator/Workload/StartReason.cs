namespace OpsConsole.Web.Simulator.Workload;

internal enum StartReason
{
    Autoscaling,
    MinimumOrManual,
    DeploymentRollout,
}
