using System.Globalization;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>Amounts for the container that takes requests such that the sum over all containers, which is what the limits hold for, comes out right.</summary>
internal static class Sizes
{
    /// <summary>Steps of CPU above one, in thousandths.</summary>
    public static readonly int[] WholeCpus = [1000, 2000, 4000, 6000, 8000];

    /// <summary>CPU that brings all containers together to at least so much; null where there is no container for it.</summary>
    public static SetResources? CpuOf(ServiceDocument document, int totalMillis)
    {
        if (document.Ingress is not { } ingress)
        {
            return null;
        }

        var wanted = totalMillis - (document.CpuMillis - Own(ingress));
        var step = WholeCpus.FirstOrDefault(s => s >= wanted, WholeCpus[^1]);
        return new SetResources((step / 1000).ToString(CultureInfo.InvariantCulture), null);
    }

    /// <summary>Memory that brings all containers together to so much.</summary>
    public static SetResources? MemoryOf(ServiceDocument document, long totalBytes, bool atMost = false)
    {
        if (document.Ingress is not { } ingress)
        {
            return null;
        }

        var own = CloudRun.Quantity.TryParseBytes(Limit(ingress, "memory"), out var bytes) ? bytes : 512L << 20;
        var wanted = totalBytes - (document.MemoryBytes - own);
        if (wanted < 1 << 20)
        {
            // The other containers have it all.
            return null;
        }

        var mebi = atMost ? wanted >> 20 : (wanted + (1 << 20) - 1) >> 20;
        return new SetResources(null, mebi % 1024 == 0 ? $"{mebi / 1024}Gi" : $"{mebi}Mi");
    }

    private static int Own(System.Text.Json.Nodes.JsonObject container) =>
        CloudRun.Quantity.TryParseCpuMillis(Limit(container, "cpu"), out var millis) ? millis : 1000;

    private static string Limit(System.Text.Json.Nodes.JsonObject container, string key) =>
        ServiceDocument.Text((container["resources"] as System.Text.Json.Nodes.JsonObject)?["limits"], key);
}
