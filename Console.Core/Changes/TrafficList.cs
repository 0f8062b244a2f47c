using System.Text.Json.Nodes;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>Wanted traffic as a list of shares, and how it is set without losing tags or fields that no type knows.</summary>
internal static class TrafficList
{
    /// <summary>The latest ready revision, whichever it is, in the place of a name.</summary>
    public const string Latest = "";

    /// <summary>Shares in the order of the resource; an empty list means all to the latest.</summary>
    public static IReadOnlyList<(string Revision, int Percent, string Tag)> Of(JsonNode? traffic)
    {
        var targets = (traffic as JsonArray ?? []).OfType<JsonObject>().ToList();
        return targets.Count == 0
            ? [(Latest, 100, "")]
            : [.. targets.Select(static t => (NameOf(t), ServiceDocument.Number(t, "percent") ?? 0, ServiceDocument.Text(t, "tag")))];
    }

    /// <summary>Sets the shares. A target that had a tag stays, with its tag and no traffic.</summary>
    /// <param name="document">The service.</param>
    /// <param name="shares">Short names (or <see cref="Latest"/>) and per cents.</param>
    public static void Set(ServiceDocument document, IReadOnlyList<(string Revision, int Percent)> shares)
    {
        var left = shares.Where(static s => s.Percent > 0).ToList();
        List<JsonObject> targets = [];
        foreach (var target in document.Traffic)
        {
            var copy = (JsonObject)target.DeepClone();
            var at = left.FindIndex(s => s.Revision == NameOf(copy));
            if (at >= 0)
            {
                copy["percent"] = left[at].Percent;
                left.RemoveAt(at);
                targets.Add(copy);
            }
            else if (ServiceDocument.Text(copy, "tag").Length > 0)
            {
                copy.Remove("percent");
                targets.Add(copy);
            }
        }

        targets.InsertRange(0, left.Select(static s => s.Revision == Latest
            ? new JsonObject { ["type"] = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", ["percent"] = s.Percent }
            : new JsonObject { ["type"] = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", ["revision"] = s.Revision, ["percent"] = s.Percent }));
        document.Root["traffic"] = new JsonArray([.. targets]);
    }

    /// <summary>In words: <c>90 % to checkout-00001-abc, 10 % to the latest revision</c>.</summary>
    public static string Words(JsonNode? traffic)
    {
        var shares = Of(traffic);
        var parts = shares.Where(static s => s.Percent > 0)
            .Select(static s => $"{s.Percent} % to {(s.Revision == Latest ? "the latest revision" : s.Revision)}")
            .Concat(shares.Where(static s => s.Tag.Length > 0).Select(static s => $"tag {s.Tag} on {(s.Revision == Latest ? "the latest revision" : s.Revision)}"));
        return string.Join(", ", parts);
    }

    private static string NameOf(JsonObject target) =>
        ServiceDocument.IsLatest(target) ? Latest : ResourceName.ShortName(ServiceDocument.Text(target, "revision"));
}
