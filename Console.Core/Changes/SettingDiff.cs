using System.Text.Json.Nodes;

namespace OpsConsole.Core.Changes;

/// <summary>
/// Compares a service before and after a change, field by field over the raw JSON. Absent and default are the same, as are
/// <c>1000m</c> and <c>1</c>: a line stands for a difference in meaning. Containers are compared by name; any other list is one value.
/// </summary>
internal static class SettingDiff
{
    /// <summary>What the server writes, and nobody sets.</summary>
    private static readonly HashSet<string> NoSettings = new(StringComparer.Ordinal)
    {
        "name", "uid", "generation", "createTime", "updateTime", "deleteTime", "expireTime", "creator", "lastModifier", "observedGeneration",
        "terminalCondition", "conditions", "latestReadyRevision", "latestCreatedRevision", "trafficStatuses", "instanceSplitStatuses", "uri", "urls",
        "satisfiesPzs", "reconciling", "etag", "client", "clientVersion",
    };

    /// <summary>Fields that differ, in the order in which they stand in the resource.</summary>
    public static IReadOnlyList<SettingChange> Compare(ServiceDocument before, ServiceDocument after)
    {
        List<SettingChange> changes = [];
        Walk(SettingPath.Root, before.Root, after.Root, changes);
        var lone = Math.Max(before.Containers.Count, after.Containers.Count) <= 1;
        return [.. changes.Select(c => c with
        {
            Name = SettingWords.Name(c.Path, lone),
            Before = SettingWords.Value(c.Path, Node(c.BeforeJson), before),
            After = SettingWords.Value(c.Path, Node(c.AfterJson), after),
        })];
    }

    private static void Walk(SettingPath path, JsonNode? before, JsonNode? after, List<SettingChange> changes)
    {
        if (before is JsonArray or JsonObject || after is JsonArray or JsonObject)
        {
            if (path.Steps is [.., "containers"])
            {
                WalkContainers(path, before as JsonArray ?? [], after as JsonArray ?? [], changes);
                return;
            }

            if (before is JsonObject or null && after is JsonObject or null && path.Steps is not [.., "emptyDir" or "tcpSocket" or "grpc" or "httpGet"])
            {
                WalkObjects(path, before as JsonObject ?? [], after as JsonObject ?? [], changes);
                return;
            }
        }

        var text = path.ToString();
        if (!SettingValues.Same(text, before, after))
        {
            changes.Add(new SettingChange
            {
                Path = text,
                Name = "",
                Before = "",
                After = "",
                BeforeJson = before?.ToJsonString(),
                AfterJson = after?.ToJsonString(),
            });
        }
    }

    private static void WalkObjects(SettingPath path, JsonObject before, JsonObject after, List<SettingChange> changes)
    {
        foreach (var key in before.Select(static p => p.Key).Union(after.Select(static p => p.Key), StringComparer.Ordinal))
        {
            // The wanted name of the next revision is dropped from every change of a template: it is no setting of the service.
            var isNoSetting = path.Steps.Count == 0 ? NoSettings.Contains(key) : path.Steps is ["template"] && key == "revision";
            if (!isNoSetting)
            {
                Walk(path.Then(key), before[key], after[key], changes);
            }
        }
    }

    private static void WalkContainers(SettingPath path, JsonArray before, JsonArray after, List<SettingChange> changes)
    {
        var old = Named(before);
        var now = Named(after);
        foreach (var key in old.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            Walk(path.Then(key), WithBilling(old.GetValueOrDefault(key)), WithBilling(now.GetValueOrDefault(key)), changes);
        }
    }

    private static Dictionary<string, JsonObject> Named(JsonArray containers)
    {
        Dictionary<string, JsonObject> named = new(StringComparer.Ordinal);
        for (var i = 0; i < containers.Count; i++)
        {
            if (containers[i] is JsonObject container)
            {
                named[SettingPath.KeyOf(container, i)] = container;
            }
        }

        return named;
    }

    // Without a resources object CPU is there only during requests: said, so that it compares with one that says so.
    private static JsonObject? WithBilling(JsonObject? container)
    {
        if (container is null || container["resources"] is JsonObject)
        {
            return container;
        }

        var copy = (JsonObject)container.DeepClone();
        copy["resources"] = new JsonObject { ["cpuIdle"] = true };
        return copy;
    }

    private static JsonNode? Node(string? json) => json is null ? null : JsonNode.Parse(json);
}
