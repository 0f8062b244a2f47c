using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>Built with a functions framework: its lines carry the request's span id in decimal and an execution id, but no trace.</summary>
internal sealed class Pricing : Node
{
    public override TrafficShape Traffic => new(18, 5, 2.5);

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var duration = Milliseconds(random.LogNormal(22, 0.5));
        var plan = new RequestPlan
        {
            Method = "POST",
            Path = "/quote",
            Status = random.Chance(0.01) ? 422 : 200,
            Duration = duration,
            RequestSize = random.Between(500, 1600),
            ResponseSize = random.Between(250, 800),
            UserAgent = "acme-shop/7.3",
        };
        plan.Lines.Add((duration / 2, LogLine.Out(
            string.Create(CultureInfo.InvariantCulture, $"quote items={random.Between(1, 9)} total={random.Between(8, 900)}.{random.Between(0, 99):D2} EUR"),
            TraceStyle.DecimalSpan)));
        return plan;
    }

    public override KeyValuePair<string, string>[] ContainerLabels(string? container) =>
    [
        new("goog-managed-by", "cloudfunctions"),
        new("run.googleapis.com/base_image_versions", "us-docker.pkg.dev/serverless-runtimes/google-22/runtimes/nodejs22:nodejs22_20261108_22_14_0_RC00"),
    ];
}
