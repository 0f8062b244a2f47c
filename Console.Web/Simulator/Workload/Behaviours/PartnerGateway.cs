using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>Manual scaling; a proxy in Go that logs to stderr and to a file.</summary>
internal sealed class PartnerGateway : ServiceBehaviour
{
    public override TrafficShape Traffic => new(15, 5, 3);

    protected override double ColdStartSeconds => 0.5;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var partner = random.Pick("north-freight", "quickparcel", "tide-bank", "lumen-maps");
        var status = random.Chance(0.02) ? 502 : random.Chance(0.02) ? 404 : 200;
        var duration = Milliseconds(random.LogNormal(180, 0.7));
        var plan = new RequestPlan
        {
            Method = "POST",
            Path = $"/partners/{partner}/v2/events",
            Status = status,
            Duration = duration,
            RequestSize = random.Between(700, 9000),
            ResponseSize = random.Between(150, 700),
            UserAgent = "Go-http-client/1.1",
        };
        plan.Lines.Add((duration - 400, LogLine.Err(string.Create(
            CultureInfo.InvariantCulture, $"{Stamp(context.Now)} upstream={partner} status={status} took={duration / 1000}ms"))));
        if (status == 502)
        {
            plan.Lines.Add((duration - 300, new LogLine(LogStream.VarLog, $"upstream {partner}: connection reset by peer", null)));
        }

        return plan;
    }

    public override IEnumerable<(double Share, LogLine Line)> Startup(Seeded random) => [(0.9, LogLine.Err("gateway: 4 partners loaded, listening on :8080"))];

    public override IEnumerable<(long Offset, LogLine Line)> Shutdown(Seeded random) =>
        [(Milliseconds(random.Between(1.0, 6)), LogLine.Err("gateway: terminated, draining"))];

    private static string Stamp(long micros) => SimTime.ToDateTimeOffset(micros).ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
}
