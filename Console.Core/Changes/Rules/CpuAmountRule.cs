using System.Globalization;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>CPU is 0.08 to below 1 in thousandths, or 1, 2, 4, 6 or 8. https://cloud.google.com/run/docs/configuring/services/cpu.</summary>
internal sealed class CpuAmountRule : IRule
{
    private const int Least = 80;

    public Violation? Find(ServiceDocument document, Func<string, bool> changed)
    {
        var total = document.CpuMillis;
        if (document.Ingress is not { } ingress)
        {
            return null;
        }

        var own = CloudRun.Quantity.TryParseCpuMillis(ServiceDocument.Text((ingress["resources"] as System.Text.Json.Nodes.JsonObject)?["limits"], "cpu"), out var millis) ? millis : 1000;
        if (own < Least)
        {
            return new Violation("template.containers.resources.limits.cpu", "The least CPU is 0.08.", new Kinds.SetResources("0.08", null));
        }

        if (own > 1000 && !Sizes.WholeCpus.Contains(own))
        {
            var nearest = Sizes.WholeCpus.MinBy(s => Math.Abs(s - own)) / 1000;
            return new Violation(
                "template.containers.resources.limits.cpu",
                "Above one CPU, Cloud Run takes 2, 4, 6 or 8.",
                new Kinds.SetResources(nearest.ToString(CultureInfo.InvariantCulture), null));
        }

        return total > 8000
            ? new Violation("template.containers.resources.limits.cpu", "All containers together may have 8 CPU at most.", Fit(document, own))
            : null;
    }

    private static Kinds.SetResources? Fit(ServiceDocument document, int own)
    {
        var room = 8000 - (document.CpuMillis - own);
        var fits = Sizes.WholeCpus.LastOrDefault(s => s <= room);
        return fits == 0 ? null : new Kinds.SetResources((fits / 1000).ToString(CultureInfo.InvariantCulture), null);
    }
}
