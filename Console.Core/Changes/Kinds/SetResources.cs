using System.Globalization;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>CPU and memory of the container that takes requests. https://cloud.google.com/run/docs/configuring/services/cpu and /memory-limits.</summary>
/// <param name="Cpu">A quantity: <c>2</c>, <c>500m</c>; null leaves it as it is.</param>
/// <param name="Memory">A quantity: <c>1Gi</c>, <c>512Mi</c>; null leaves it as it is.</param>
public sealed record SetResources(string? Cpu, string? Memory) : Change
{
    /// <inheritdoc />
    public override string Title => (Cpu, Memory) switch
    {
        ({ } cpu, { } memory) => $"Set {Quantity.FormatCpu(cpu)} and {Quantity.FormatMemory(memory)}",
        ({ } cpu, null) => $"Set {Quantity.FormatCpu(cpu)}",
        (null, { } memory) => $"Set memory to {Quantity.FormatMemory(memory)}",
        _ => "Leave CPU and memory as they are",
    };

    internal override void Edit(ServiceDocument document)
    {
        if (document.Ingress is not { } container)
        {
            return;
        }

        var limits = ServiceDocument.Ensure(ServiceDocument.EnsureResources(container), "limits");
        if (Cpu is not null)
        {
            limits["cpu"] = Cpu;
        }

        if (Memory is not null)
        {
            limits["memory"] = Memory;
        }
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        if (document.Ingress is null)
        {
            yield return Ports.Missing;
        }

        if (!Quantity.TryParseCpuMillis(Cpu ?? "1", out var millis))
        {
            yield return new Refusal("template.containers.resources.limits.cpu", $"'{Cpu}' is not an amount of CPU; for example 1, 2, 0.5 or 500m.");
        }
        else if (Cpu is not null && !Quantity.IsWholeMillis(Cpu))
        {
            yield return new Refusal(
                "template.containers.resources.limits.cpu",
                "CPU is counted in thousandths.",
                this with { Cpu = (millis / 1000m).ToString("0.###", CultureInfo.InvariantCulture) });
        }

        if (!Quantity.TryParseBytes(Memory ?? "1", out var bytes))
        {
            yield return new Refusal("template.containers.resources.limits.memory", $"'{Memory}' is not an amount of memory; for example 512Mi or 2Gi.");
        }
        else if (Memory is not null && bytes == 0)
        {
            // Beside a sidecar the sum would be right.
            yield return new Refusal("template.containers.resources.limits.memory", "A container needs memory; the least of an instance is 128 MiB.", this with { Memory = "128Mi" });
        }
    }
}
