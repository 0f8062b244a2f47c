using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>Collects points and flushes them every 30 seconds, also on instances that have nothing to do.</summary>
internal sealed class Telemetry : ServiceBehaviour
{
    public override TrafficShape Traffic => new(14, 7, 4);

    public override CpuSupply IdleSupply => CpuSupply.Slots;

    protected override double ColdStartSeconds => 0.7;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var points = random.Between(20, 900);
        var duration = Milliseconds(random.LogNormal(12, 0.6));
        var plan = new RequestPlan
        {
            Method = "POST",
            Path = "/v1/points:batch",
            Status = random.Chance(0.01) ? 400 : 202,
            Duration = duration,
            RequestSize = 400 + (points * 42),
            ResponseSize = 214,
            UserAgent = "acme-agent/4.11.2 (linux; amd64)",
        };
        if (random.Chance(0.3))
        {
            plan.Lines.Add((duration / 2, LogLine.Err(string.Create(CultureInfo.InvariantCulture, $"level=info msg=\"batch accepted\" points={points} queue={random.Between(1, 4000)}"))));
        }

        return plan;
    }

    public override IEnumerable<(double Share, LogLine Line)> Startup(Seeded random) =>
    [
        (0.7, LogLine.Err("level=info msg=\"telemetry starting\" version=2.7.0")),
        (0.95, LogLine.Err("level=info msg=\"listening\" addr=:8080")),
    ];

    public override IEnumerable<(long Offset, LogLine Line)> Shutdown(Seeded random) =>
    [
        (Milliseconds(random.Between(1.0, 8)), LogLine.Err("level=info msg=\"signal received\" signal=terminated")),
        (Milliseconds(random.Between(20.0, 90)), LogLine.Err("level=info msg=\"server closed\"")),
    ];

    public override IEnumerable<IReadOnlyList<BackgroundStep>> Periodic(Seeded random) =>
    [
        [new BackgroundStep(30 * SimTime.Second, Milliseconds(6), LogLine.Err("level=info msg=\"flush done\" sink=bigquery interval=30s"))],
    ];
}
