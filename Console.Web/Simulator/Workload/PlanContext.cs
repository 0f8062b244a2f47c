namespace OpsConsole.Web.Simulator.Workload;

/// <summary>What a service knows when a request comes.</summary>
/// <param name="Random">Random numbers of the service.</param>
/// <param name="TraceId">32 hex digits.</param>
/// <param name="Now">Simulated time.</param>
/// <param name="FromService">Another service of the project calls.</param>
internal sealed record PlanContext(Seeded Random, string TraceId, long Now, bool FromService);
