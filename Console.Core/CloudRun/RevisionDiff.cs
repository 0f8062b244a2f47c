using System.Text.Json;

namespace OpsConsole.Core.CloudRun;

/// <summary>
/// Compares the settings of two revisions field by field over their raw JSON, so that fields newer than this program are
/// compared too. Absent and default are the same, <c>1000m</c> and <c>1</c> are the same, and lists whose items
/// have names (containers, variables, volumes) are compared by name and not by place.
/// </summary>
public static class RevisionDiff
{
    /// <summary>What every revision has of its own and nobody sets.</summary>
    private static readonly HashSet<string> Identity = new(StringComparer.Ordinal)
    {
        "name", "uid", "generation", "createTime", "updateTime", "deleteTime", "expireTime", "service", "reconciling", "conditions",
        "observedGeneration", "logUri", "satisfiesPzs", "scalingStatus", "creator", "etag", "launchStage",
    };

    /// <summary>Differences in the order of groups and names; empty when the settings are the same.</summary>
    /// <param name="before">One revision.</param>
    /// <param name="after">The other.</param>
    public static IReadOnlyList<RevisionDifference> Compare(Revision before, Revision after) => Compare(before.RawJson, after.RawJson);

    /// <summary>The same over raw JSON.</summary>
    /// <exception cref="JsonException">One of the texts is not JSON.</exception>
    public static IReadOnlyList<RevisionDifference> Compare(string beforeJson, string afterJson)
    {
        var before = Flatten(beforeJson);
        var after = Flatten(afterJson);
        List<RevisionDifference> differences = [];
        foreach (var path in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var old = before.GetValueOrDefault(path);
            var now = after.GetValueOrDefault(path);
            if (Same(path, old, now))
            {
                continue;
            }

            var field = RevisionField.Describe(path);
            differences.Add(new RevisionDifference
            {
                Path = path,
                Name = field.Name,
                Group = field.Group,
                Before = Show(field, old),
                After = Show(field, now),
                IsMasked = field.IsSecret,
            });
        }

        return [.. differences.OrderBy(static d => d.Group).ThenBy(static d => d.Name, StringComparer.Ordinal)];
    }

    private static bool Same(string path, string? before, string? after)
    {
        before ??= RevisionField.DefaultOf(path);
        after ??= RevisionField.DefaultOf(path);
        return before == after || (before is not null && after is not null && RevisionField.Canonical(path, before) == RevisionField.Canonical(path, after));
    }

    private static string? Show(RevisionField field, string? value) =>
        value is null ? field.Default is null ? null : $"{field.Format(field.Default)} (default)"
        : field.IsSecret ? RawJsonMask.Hidden
        : field.Format(value);

    private static Dictionary<string, string> Flatten(string json)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!Identity.Contains(property.Name))
                {
                    Add(property.Value, property.Name, property.Name, fields);
                }
            }
        }

        return fields;
    }

    private static void Add(JsonElement value, string path, string key, Dictionary<string, string> fields)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    // Label keys hold dots and slashes: they go into brackets.
                    var isMap = key is "labels" or "annotations" or "limits";
                    Add(property.Value, isMap ? $"{path}[{property.Name}]" : $"{path}.{property.Name}", property.Name, fields);
                }

                // An empty object can mean something: "emptyDir": {}, "tcpSocket": {}.
                if (!value.EnumerateObject().Any() && key is "emptyDir" or "tcpSocket" or "grpc" or "httpGet")
                {
                    fields[path] = "set";
                }

                break;
            case JsonValueKind.Array when value.EnumerateArray().All(static i => i.ValueKind == JsonValueKind.String):
                // Arguments are one value: their order counts.
                if (value.GetArrayLength() > 0)
                {
                    fields[path] = string.Join(
                        key is "args" or "command" ? RevisionField.ArgumentSeparator.ToString() : ", ",
                        value.EnumerateArray().Select(static i => i.GetString()));
                }

                break;
            case JsonValueKind.Array:
                AddItems(value, path, key, fields);
                break;
            case JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined:
                break;
            case JsonValueKind.String:
                if (value.GetString() is { Length: > 0 } text)
                {
                    fields[path] = text;
                }

                break;
            case JsonValueKind.Number:
                if (value.GetRawText() is var number && (number != "0" || RevisionField.DefaultOf(path) is not null))
                {
                    fields[path] = number;
                }

                break;
            default:
                fields[path] = value.GetRawText();
                break;
        }
    }

    private static void AddItems(JsonElement list, string path, string key, Dictionary<string, string> fields)
    {
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var name = NameOf(item, key, list.GetArrayLength()) ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture);
            index++;
            if (fields.Keys.Any(k => k.StartsWith($"{path}[{name}]", StringComparison.Ordinal)))
            {
                name = $"{name}#{index}";
            }

            var at = $"{path}[{name}]";
            Add(item, at, "", fields);
            fields.Remove($"{at}.name");
            if (key == "containers" && item.ValueKind == JsonValueKind.Object && !item.TryGetProperty("resources", out _))
            {
                // No resources object at all: the documented default, CPU only during requests, holds.
                fields[$"{at}.resources.cpuIdle"] = "true";
            }

            // A variable without a value is still there.
            if (key == "env" && !fields.Keys.Any(k => k.StartsWith($"{at}.", StringComparison.Ordinal)))
            {
                fields[$"{at}.value"] = "";
            }
        }
    }

    /// <summary>A lone container is compared whatever it is called: the name often appears or goes without meaning.</summary>
    private static string? NameOf(JsonElement item, string key, int count)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (key == "containers")
        {
            return count == 1 ? "0" : TextOf(item, "name");
        }

        return key switch
        {
            "env" or "volumes" or "volumeMounts" or "httpHeaders" => TextOf(item, "name"),
            "ports" => "0",
            _ => null,
        };
    }

    private static string? TextOf(JsonElement item, string key) =>
        item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
