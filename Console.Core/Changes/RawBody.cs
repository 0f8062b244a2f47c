using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Core.Changes;

/// <summary>
/// Prints the body of a PATCH. Whatever a change leaves alone is copied from the text that came, byte for byte: numbers in their
/// spelling (<c>1.0</c>, <c>1e400</c>), escapes as they were written, fields that no type knows.
/// </summary>
internal static class RawBody
{
    // Text that is not ASCII stays readable, instead of \u escapes.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The parts of a resource that some paths name.</summary>
    /// <param name="rawJson">The resource as it came.</param>
    /// <param name="after">The resource as it shall be.</param>
    /// <param name="paths">What to print; what does not exist is left out.</param>
    public static string Print(string rawJson, JsonObject after, IEnumerable<SettingPath> paths)
    {
        using var came = JsonDocument.Parse(rawJson);
        var text = new StringBuilder();
        Parts(text, [.. paths.Where(p => p.Get(after) is not null).Select(static p => p.Steps)], came.RootElement, after);
        return text.ToString();
    }

    private static void Parts(StringBuilder text, List<IReadOnlyList<string>> paths, JsonElement? came, JsonObject after)
    {
        text.Append('{');
        var first = true;
        foreach (var step in paths.GroupBy(static p => p[0], StringComparer.Ordinal))
        {
            text.Append(first ? "" : ",").Append(Name(step.Key)).Append(':');
            first = false;
            var inner = Child(came, step.Key);
            List<IReadOnlyList<string>> deeper = [.. step.Where(static p => p.Count > 1).Select(static p => (IReadOnlyList<string>)[.. p.Skip(1)])];
            if (deeper.Count == step.Count())
            {
                Parts(text, deeper, inner, (JsonObject)after[step.Key]!);
            }
            else
            {
                Value(text, after[step.Key], inner);
            }
        }

        text.Append('}');
    }

    private static void Value(StringBuilder text, JsonNode? after, JsonElement? came)
    {
        if (came is { } present && Same(after, present))
        {
            text.Append(present.GetRawText());
            return;
        }

        switch (after)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject found:
                Fields(text, found, came);
                break;
            case JsonArray list:
                Items(text, list, came);
                break;
            default:
                text.Append(after.AsValue().TryGetValue<JsonElement>(out var copied) ? copied.GetRawText() : after.ToJsonString(Readable));
                break;
        }
    }

    private static void Fields(StringBuilder text, JsonObject after, JsonElement? came)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in after)
        {
            text.Append(first ? "" : ",");
            first = false;
            if (came is { ValueKind: JsonValueKind.Object } found && Property(found, key) is { } property && Same(value, property.Value))
            {
                // With its name as it was written.
                text.Append(property.ToString());
                continue;
            }

            text.Append(Name(key)).Append(':');
            Value(text, value, Child(came, key));
        }

        text.Append('}');
    }

    private static void Items(StringBuilder text, JsonArray after, JsonElement? came)
    {
        List<JsonElement> present = came is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
        text.Append('[');
        for (var i = 0; i < after.Count; i++)
        {
            text.Append(i == 0 ? "" : ",");

            // The same place, else the same item that moved, else the item whose place it has.
            JsonElement? own = i < present.Count ? present[i] : null;
            var same = own is { } here && Same(after[i], here) ? own : present.Where(p => Same(after[i], p)).Select(static p => (JsonElement?)p).FirstOrDefault();
            Value(text, after[i], same ?? own);
        }

        text.Append(']');
    }

    private static JsonElement? Child(JsonElement? came, string key) =>
        came is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(key, out var child) ? child : null;

    private static JsonProperty? Property(JsonElement came, string key)
    {
        foreach (var property in came.EnumerateObject())
        {
            if (property.NameEquals(key))
            {
                return property;
            }
        }

        return null;
    }

    private static bool Same(JsonNode? after, JsonElement came) => JsonNode.DeepEquals(after, came.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(came),
        JsonValueKind.Array => JsonArray.Create(came),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(came),
    });

    private static string Name(string key) => JsonSerializer.Serialize(key, Readable);
}
