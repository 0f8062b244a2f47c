namespace OpsConsole.Web.Simulator.Workload;

internal enum InstanceState
{
    Starting,
    Ready,

    /// <summary>Takes no new requests and stops when the last one ends.</summary>
    Draining,

    /// <summary>SIGTERM was sent; SIGKILL follows within ten seconds.</summary>
    Stopping,
    Gone,
}
