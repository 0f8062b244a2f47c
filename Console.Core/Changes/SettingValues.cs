using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>When two values of a setting mean the same: proto3 leaves defaults out, and quantities have several spellings.</summary>
internal static class SettingValues
{
    /// <summary>True where both mean the same.</summary>
    public static bool Same(string path, JsonNode? before, JsonNode? after) =>
        path == "traffic" ? TrafficList.Of(before).SequenceEqual(TrafficList.Of(after))
        : JsonNode.DeepEquals(before, after) || Canonical(path, before) == Canonical(path, after);

    /// <summary>One spelling for equal values; null for the default.</summary>
    private static string? Canonical(string path, JsonNode? value)
    {
        // proto3 optional: 0 is sent, and differs from absent.
        if (path.EndsWith("manualInstanceCount", StringComparison.Ordinal))
        {
            return value?.ToJsonString();
        }

        var text = value switch
        {
            null => null,
            JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => scalar.GetValue<string>() is { Length: > 0 } said ? said : null,
            JsonValue scalar when scalar.GetValueKind() is JsonValueKind.False or JsonValueKind.Null => null,
            JsonObject { Count: 0 } or JsonArray { Count: 0 } => null,
            _ => value.ToJsonString(),
        };
        text = text == "0" ? null : text;
        if (!path.StartsWith("template.", StringComparison.Ordinal))
        {
            return text;
        }

        var field = path["template.".Length..];
        var spelled = text ?? RevisionField.DefaultOf(field);
        return spelled is null or "false" or "0" ? null : RevisionField.Canonical(field, spelled);
    }
}
