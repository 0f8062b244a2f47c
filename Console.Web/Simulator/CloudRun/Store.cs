using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>
/// All resources by full name, as the raw JSON that the wire shows, so that fields nobody here knows survive.
/// A stored object is never changed, only replaced: readers need no copy, and no lock.
/// </summary>
internal sealed class Store
{
    private readonly Dictionary<string, JsonObject> resources = new(StringComparer.Ordinal);

    /// <summary>Held by whoever reads, decides and writes in one step.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The resource, unless it does not exist or is deleted.</summary>
    public JsonObject? Find(string name)
    {
        lock (Gate)
        {
            return resources.TryGetValue(name, out var resource) && resource["deleteTime"] is null ? resource : null;
        }
    }

    /// <summary>Those whose name has the pattern (<c>-</c> is any id), newest first, which is the order of Google's lists.</summary>
    public IReadOnlyList<JsonObject> List(string pattern, bool showDeleted = false)
    {
        lock (Gate)
        {
            return
            [
                .. resources
                    .Where(pair => ResourceName.Matches(pair.Key, pattern) && (showDeleted || pair.Value["deleteTime"] is null))
                    .OrderBy(static pair => Paging.Position(pair.Value), StringComparer.Ordinal)
                    .Select(static pair => pair.Value),
            ];
        }
    }

    /// <summary>Stores a resource under its own name. The caller gives it up.</summary>
    public void Put(JsonObject resource)
    {
        lock (Gate)
        {
            resources[resource["name"]!.GetValue<string>()] = resource;
        }
    }
}
