
namespace OpsConsole.Core.Changes.Kinds;

/// <summary>
/// At what use of an instance the autoscaler adds another: CPU 10 to 90 %, concurrency 10 to 95 %, 60 % by default
/// (https://cloud.google.com/run/docs/configuring/scaling-controls). The names in v2 JSON are not documented: those of the
/// Terraform provider are written where the service has neither, and a value that is there keeps its shape.
/// </summary>
/// <param name="CpuPercent">Per cent; null leaves it as it is.</param>
/// <param name="ConcurrencyPercent">Per cent; null leaves it as it is.</param>
public sealed record SetScalingTargets(int? CpuPercent, int? ConcurrencyPercent) : Change
{
    private const string Cpu = "cpuUtilization";
    private const string Concurrency = "concurrencyUtilization";

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
            scaling[Cpu] = ScalingTarget.Write(scaling[Cpu], cpu);
        }

        if (ConcurrencyPercent is { } concurrency)
        {
            scaling[Concurrency] = ScalingTarget.Write(scaling[Concurrency], concurrency);
        }
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        var nearest = new SetScalingTargets(
            CpuPercent is { } cpu ? Math.Clamp(cpu, 10, 90) : null, ConcurrencyPercent is { } concurrency ? Math.Clamp(concurrency, 10, 95) : null);
        if (CpuPercent != nearest.CpuPercent)
        {
            yield return new Refusal($"template.scaling.{Cpu}", "The CPU target is between 10 and 90 %.", nearest);
        }

        if (ConcurrencyPercent != nearest.ConcurrencyPercent)
        {
            yield return new Refusal($"template.scaling.{Concurrency}", "The concurrency target is between 10 and 95 %.", nearest);
        }
    }
}
