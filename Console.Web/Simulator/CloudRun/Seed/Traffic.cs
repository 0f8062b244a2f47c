using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Traffic by revision, as seeded services have it.</summary>
internal static class Traffic
{
    public static JsonArray To(string revision, int percent) => new JsonArray().And(revision, percent, tag: null);

    public static JsonArray And(this JsonArray traffic, string revision, int percent, string? tag)
    {
        var target = new JsonObject { ["type"] = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", ["revision"] = revision, ["percent"] = percent };
        if (tag is not null)
        {
            target["tag"] = tag;
        }

        traffic.Add(target);
        return traffic;
    }
}
