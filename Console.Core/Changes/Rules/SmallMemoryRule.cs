namespace OpsConsole.Core.Changes.Rules;

/// <summary>
/// CPU always allocated and the second generation need 512 MiB
/// (Cloud Run: "Total memory &lt; 512 Mi is not supported with cpu always allocated (unthrottled).").
/// </summary>
internal sealed class SmallMemoryRule : IRule
{
    private const long Least = 512L << 20;

    public Violation? Find(ServiceDocument document, Func<string, bool> changed) =>
        document.MemoryBytes >= Least ? null
        : document.CpuAlways
            ? new Violation("template.containers.resources.limits.memory", "CPU always allocated needs at least 512 MiB.", Sizes.MemoryOf(document, Least))
        : document.IsGen2
            ? new Violation("template.containers.resources.limits.memory", "The second generation needs at least 512 MiB.", Sizes.MemoryOf(document, Least))
        : null;
}
