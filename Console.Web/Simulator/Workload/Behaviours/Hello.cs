namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>A service that a user made: a sample program with little traffic.</summary>
internal sealed class Hello : Node
{
    public override TrafficShape Traffic => new(3, 3, 4);

    public override RequestPlan Plan(PlanContext context)
    {
        var duration = Milliseconds(context.Random.LogNormal(6, 0.4));
        return new RequestPlan { Method = "GET", Path = "/", Duration = duration, Access = AccessLine("GET", "/", 200, duration) };
    }
}
