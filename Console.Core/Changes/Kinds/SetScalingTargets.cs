
namespace OpsConsole.Core.Changes.Kinds;

/// <summary>
/// At what use of an instance the autoscaler adds another: CPU 10 to 90 %, concurrency 10 to 95 %, 60 % by default
/// (https://cloud.google.com/run/docs/configuring/scaling-controls). The names in v2 JSON are not documented: what is there
/// keeps its name and shape, and those of the Terraform provider are written where the service has neither.
/// </summary>
/// <param name="CpuPercent">Per cent; null leaves it as it is.</param>
/// <param name="ConcurrencyPercent">Per cent; null leaves it as it is.</param>
public sealed record SetScalingTargets(int? CpuPercent, int? ConcurrencyPercent) : Change
{
    private const string Cpu = "cpu";
    private const string Concurrency = "concurrency";

    /// <inheritdoc />
    public override string Title => (CpuPercent, ConcurrencyPercent) switch
    {
        ({ } cpu, { } concurrency) => $"Scale at {cpu} % CPU and {concurrency} % concurrency",
        ({ } cpu, null) => $"Scale at {cpu} % CPU",
        (null, { } concurrency) => $"Scale at {concurrency} % concurrency",
        _ => "Leave the targets as they are",
    };

    internal override void Edit(ServiceDocument document)
    {
        var scaling = ServiceDocument.Ensure(document.EnsureTemplate(), "scaling");
        if (CpuPercent is { } cpu)
        {
            var key = ScalingTarget.KeyOf(scaling, Cpu);
            scaling[key] = ScalingTarget.Write(scaling[key], cpu);
        }

        if (ConcurrencyPercent is { } concurrency)
        {
            var key = ScalingTarget.KeyOf(scaling, Concurrency);
            scaling[key] = ScalingTarget.Write(scaling[key], concurrency);
        }
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        var nearest = new SetScalingTargets(
            CpuPercent is { } cpu ? Math.Clamp(cpu, 10, 90) : null, ConcurrencyPercent is { } concurrency ? Math.Clamp(concurrency, 10, 95) : null);
        if (CpuPercent != nearest.CpuPercent)
        {
            yield return new Refusal($"template.scaling.{ScalingTarget.KeyOf(Scaling(document), Cpu)}", "The CPU target is between 10 and 90 %.", nearest);
        }

        if (ConcurrencyPercent != nearest.ConcurrencyPercent)
        {
            yield return new Refusal($"template.scaling.{ScalingTarget.KeyOf(Scaling(document), Concurrency)}", "The concurrency target is between 10 and 95 %.", nearest);
        }
    }

    private static System.Text.Json.Nodes.JsonObject? Scaling(ServiceDocument document) => document.Template?["scaling"] as System.Text.Json.Nodes.JsonObject;
}
