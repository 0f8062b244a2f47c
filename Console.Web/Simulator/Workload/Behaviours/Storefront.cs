using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>A site with a telemetry collector in a second container, and WebSocket connections that stay open for minutes.</summary>
internal sealed class Storefront : Node
{
    public override TrafficShape Traffic => new(30, 6, 2);

    public override int TargetInFlight => 30;

    public override double LatencyLeavesWaitOut => 0.3;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        return random.Chance(0.02) ? Socket(random) : Page(random);
    }

    public override string? ProbePath => "/up";

    public override KeyValuePair<string, string>[] ContainerLabels(string? container) => [new("container_name", container ?? "web")];

    public override string ContainerName(string service) => "web";

    private static RequestPlan Page(Seeded random)
    {
        var path = random.Unit() switch
        {
            < 0.3 => "/",
            < 0.7 => $"/product/{random.Between(1000, 9999)}",
            < 0.85 => "/cart",
            _ => $"/_next/static/chunks/{random.Hex(8)}.js",
        };
        var status = random.Chance(0.15) ? 304 : 200;
        var duration = Milliseconds(random.LogNormal(45, 0.6));
        var plan = new RequestPlan
        {
            Method = "GET",
            Path = path,
            Status = status,
            Duration = duration,
            ResponseSize = status == 304 ? null : random.Between(1_500, 60_000),
            Referer = random.Chance(0.4) ? "https://shop.acme.example/" : null,
            Access = LogLine.Out(string.Create(
                CultureInfo.InvariantCulture,
                $"\"GET {path} HTTP/1.1\" {status} - 0 {random.Between(900, 60_000)} {(duration / 1000) + 1} \"-\" \"{random.Hex(8)}\"")),
        };
        if (random.Chance(0.2))
        {
            plan.Lines.Add((duration / 2, LogLine.Out($"render {path}")));
        }
        else if (random.Chance(0.05))
        {
            plan.Lines.Add((duration / 3, LogLine.Err("info\tTraces\t{\"kind\": \"exporter\", \"resource spans\": 1, \"spans\": 12}") with { Container = "otel" }));
        }

        return plan;
    }

    private static RequestPlan Socket(Seeded random)
    {
        var duration = SimTime.Of(random.LogNormal(70, 0.8));
        var plan = new RequestPlan
        {
            Method = "GET",
            Path = "/live",
            Status = 101,
            Duration = duration,
            RequestSize = random.Between(900, 1200),
            ResponseSize = random.Between(600, 30_000),
            Access = LogLine.Out($"ws closed code={random.Pick(1000, 1001, 1006)}"),
        };
        plan.Lines.Add((8_000, LogLine.Out("ws open /live")));
        for (var at = SimTime.Of(random.Between(5.0, 20)); at < duration; at += SimTime.Of(random.Between(10.0, 30)))
        {
            plan.Lines.Add((at, LogLine.Out("ws stock update pushed")));
        }

        return plan;
    }
}
