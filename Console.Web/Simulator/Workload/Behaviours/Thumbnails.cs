using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>Keeps a little of each image in memory, until its 512 MiB are used up.</summary>
internal sealed class Thumbnails : Node
{
    public override TrafficShape Traffic => new(11, 6, 2);

    public override int TargetInFlight => 4;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var image = random.Hex(12);
        var duration = Milliseconds(random.LogNormal(320, 0.7));
        var path = $"/resize/{image}.jpg?w={random.Pick(120, 240, 480, 960)}";
        var plan = new RequestPlan
        {
            Method = "GET",
            Path = path,
            Duration = duration,
            Access = AccessLine("GET", path, 200, duration),
            ResponseSize = random.Between(4_000, 90_000),
            UserAgent = "acme-cdn/3.0",
            Leak = random.Chance(0.05) ? random.Between(20.0, 45) : random.Between(0.5, 2.5),
        };
        plan.Lines.Add((duration / 5, LogLine.Out(string.Create(CultureInfo.InvariantCulture, $"decoded {image}.jpg {random.Between(1200, 6000)}x{random.Between(900, 4000)}"))));
        return plan;
    }
}
