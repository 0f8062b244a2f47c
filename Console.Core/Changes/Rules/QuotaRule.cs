using System.Globalization;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>
/// Maximum of instances × their CPU and memory stay within the region's quota, where it is known. More CPU alone can break it, since
/// the maximum of a revision is 100 where nothing is set. https://cloud.google.com/run/quotas.
/// </summary>
internal static class QuotaRule
{
    private const long Gibi = 1L << 30;

    /// <summary>What stands against a state of a service; null where it fits.</summary>
    public static Violation? Find(ServiceDocument document, RegionQuota quota)
    {
        var most = document.ServiceMaximum > 0 ? Math.Min(document.ServiceMaximum, document.RevisionMaximum) : document.RevisionMaximum;
        var cpu = quota.CpuMillis > 0 && document.CpuMillis > 0 ? quota.CpuMillis / document.CpuMillis : long.MaxValue;
        var memory = quota.MemoryBytes > 0 && document.MemoryBytes > 0 ? quota.MemoryBytes / document.MemoryBytes : long.MaxValue;
        var fits = Math.Min(cpu, memory);
        if (most <= fits)
        {
            return null;
        }

        var asked = cpu <= memory
            ? string.Create(CultureInfo.InvariantCulture, $"{most} instances × {document.CpuMillis / 1000.0:0.###} CPU = {most * document.CpuMillis / 1000.0:0.###} CPU; the region's quota is {quota.CpuMillis / 1000.0:0.###}")
            : string.Create(CultureInfo.InvariantCulture, $"{most} instances × {Gib(document.MemoryBytes)} GiB = {Gib(most * document.MemoryBytes)} GiB; the region's quota is {Gib(quota.MemoryBytes)}");
        var ofRevision = ServiceDocument.Number(document.Template?["scaling"], "maxInstanceCount") is > 0;
        return new Violation(
            ofRevision ? "template.scaling.maxInstanceCount" : "scaling.maxInstanceCount",
            fits > 0 ? string.Create(CultureInfo.InvariantCulture, $"{asked}. At most {fits} instances fit.") : $"{asked}. Not even one instance fits.",
            fits == 0 ? null : ofRevision ? new SetRevisionLimits(null, (int)fits) : new SetInstanceLimits(null, (int)fits));
    }

    private static string Gib(long bytes) => ((double)bytes / Gibi).ToString("0.###", CultureInfo.InvariantCulture);
}
