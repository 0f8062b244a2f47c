using System.Globalization;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>How much memory goes with how much CPU. https://cloud.google.com/run/docs/configuring/services/cpu and /memory-limits.</summary>
internal sealed class CpuMemoryRule : IRule
{
    // From this CPU on, in thousandths: least and most memory in MiB. Below 512 MiB, one and two CPUs are taken in the first generation.
    private static readonly (int Millis, long Least, long Most)[] Table =
    [
        (8000, 4096, 32768), (6000, 4096, 24576), (4000, 2048, 16384), (2000, 128, 8192), (1000, 128, 4096), (500, 128, 1024), (0, 128, 512),
    ];

    public Violation? Find(ServiceDocument document, Func<string, bool> changed)
    {
        var row = Table.First(r => document.CpuMillis >= r.Millis);
        var (least, most) = (row.Least << 20, row.Most << 20);
        if (document.MemoryBytes >= least && document.MemoryBytes <= most)
        {
            return null;
        }

        var cpu = (document.CpuMillis / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
        var reason = $"With {cpu} CPU, memory is {Words(least)} to {Words(most)}, all containers together.";
        if (document.MemoryBytes > most && changed("limits[memory]") && !changed("limits[cpu]"))
        {
            // Who asks for memory wants the memory: the CPU that carries it is the nearer answer, where there is one.
            var enough = Table.Reverse().FirstOrDefault(r => r.Millis >= 1000 && document.MemoryBytes <= r.Most << 20);
            return new Violation(
                "template.containers.resources.limits.memory",
                reason,
                enough.Millis > 0 ? Sizes.CpuOf(document, enough.Millis) : Sizes.MemoryOf(document, 32L << 30, atMost: true));
        }

        return new Violation(
            "template.containers.resources.limits.memory",
            reason,
            Sizes.MemoryOf(document, document.MemoryBytes > most ? most : least, atMost: document.MemoryBytes > most));
    }

    private static string Words(long bytes) => Quantity.FormatMemory(bytes.ToString(CultureInfo.InvariantCulture));
}
