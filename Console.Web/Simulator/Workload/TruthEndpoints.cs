namespace OpsConsole.Web.Simulator.Workload;

/// <summary><c>GET /simulator/truth</c> and <c>/simulator/truth/entries</c>: what really happened, by the simulation's own knowledge.</summary>
public static class TruthEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapTruth(this IEndpointRouteBuilder app, WorkloadRunner workload)
    {
        _ = app;
        _ = workload;
    }
}
