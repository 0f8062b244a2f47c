using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>At most three instances of four requests each: a crowd finds no instance within ten seconds and is turned away with 429.</summary>
internal sealed class Search : Node
{
    public override TrafficShape Traffic => new(16, 6, 2, SpikesPerDay: 9, SpikeSize: 170);

    public override int TargetInFlight => 4;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var words = random.Pick("oak table", "floor lamp", "wool rug", "desk chair", "book shelf");
        var duration = Milliseconds(random.LogNormal(1150, 0.5));
        var path = $"/search?q={Uri.EscapeDataString(words)}&page={random.Between(1, 4)}";
        var plan = new RequestPlan
        {
            Method = "GET",
            Path = path,
            Duration = duration,
            Access = AccessLine("GET", path, 200, duration),
            ResponseSize = random.Between(2_000, 30_000),
            Referer = "https://shop.acme.example/",
        };
        if (random.Chance(0.25))
        {
            plan.Lines.Add((duration * 2 / 3, LogLine.Out(string.Create(CultureInfo.InvariantCulture, $"query took {duration * 2 / 3000} ms shards={random.Between(4, 8)}"))));
        }

        return plan;
    }
}
