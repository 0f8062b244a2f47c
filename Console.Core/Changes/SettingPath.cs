using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OpsConsole.Core.Changes;

/// <summary>
/// A place in a resource: <c>scaling.minInstanceCount</c>, <c>template.containers[web].resources.limits[cpu]</c>. Containers are
/// named (or counted, where they have no name), keys of maps stand in brackets because they may hold dots.
/// </summary>
internal sealed class SettingPath
{
    private static readonly HashSet<string> Maps = new(StringComparer.Ordinal) { "labels", "annotations", "limits" };

    private readonly IReadOnlyList<string> _steps;

    private SettingPath(IReadOnlyList<string> steps) => _steps = steps;

    /// <summary>The resource itself.</summary>
    public static SettingPath Root { get; } = new([]);

    /// <summary>Names from the outside in.</summary>
    public IReadOnlyList<string> Steps => _steps;

    /// <summary>Reads what <see cref="ToString"/> prints.</summary>
    public static SettingPath Parse(string text)
    {
        List<string> steps = [];
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '.' or '[')
            {
                Add(text[start..i]);
                start = i + 1;
            }

            if (text[i] == '[')
            {
                var end = text.IndexOf(']', i);
                end = end < 0 ? text.Length : end;
                steps.Add(text[(i + 1)..end]);
                i = Math.Min(end, text.Length - 1);
                start = i + 1;
            }
        }

        Add(start < text.Length ? text[start..] : "");
        return new SettingPath(steps);

        void Add(string step)
        {
            if (step.Length > 0)
            {
                steps.Add(step);
            }
        }
    }

    /// <summary>One step further in.</summary>
    public SettingPath Then(string step) => new([.. _steps, step]);

    /// <summary>What stands there; null where nothing does.</summary>
    public JsonNode? Get(JsonObject root)
    {
        JsonNode? at = root;
        foreach (var step in _steps)
        {
            at = at switch
            {
                JsonObject found => found[step],
                JsonArray list => Item(list, step),
                _ => null,
            };
        }

        return at;
    }

    /// <summary>Puts a value there, making the objects on the way; null takes it away, and empty objects with it. False where a container is gone.</summary>
    public bool Set(JsonObject root, JsonNode? value)
    {
        List<JsonObject> way = [root];
        JsonNode at = root;
        for (var i = 0; i < _steps.Count - 1; i++)
        {
            if (at is JsonArray list)
            {
                if (Item(list, _steps[i]) is not { } item)
                {
                    return false;
                }

                at = item;
                way.Clear();
                way.Add(item);
            }
            else if (((JsonObject)at)[_steps[i]] is { } child and (JsonObject or JsonArray))
            {
                at = child;
                way.Add(child as JsonObject ?? []);
            }
            else if (value is null)
            {
                return true;
            }
            else
            {
                at = ServiceDocument.Ensure((JsonObject)at, _steps[i]);
                way.Add((JsonObject)at);
            }
        }

        if (at is not JsonObject last)
        {
            return false;
        }

        if (value is not null)
        {
            last[_steps[^1]] = value;
            return true;
        }

        last.Remove(_steps[^1]);
        Prune(way, _steps);
        return true;
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < _steps.Count; i++)
        {
            var inBrackets = i > 0 && (_steps[i - 1] == "containers" || Maps.Contains(_steps[i - 1]));
            text.Append(inBrackets ? "[" : i > 0 ? "." : "").Append(_steps[i]).Append(inBrackets ? "]" : "");
        }

        return text.ToString();
    }

    /// <summary>What a container is called in a path: its name, else its place.</summary>
    public static string KeyOf(JsonObject container, int index) =>
        ServiceDocument.Text(container, "name") is { Length: > 0 } name ? name : index.ToString(CultureInfo.InvariantCulture);

    private static JsonObject? Item(JsonArray list, string key)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject item && KeyOf(item, i) == key)
            {
                return item;
            }
        }

        return null;
    }

    // An object that the change had to make is taken away with its last field: "limits": {} and "resources": {} mean something else than nothing.
    private static void Prune(List<JsonObject> way, IReadOnlyList<string> steps)
    {
        for (var i = way.Count - 1; i > 0 && way[i].Count == 0; i--)
        {
            if (way[i].Parent is JsonObject parent)
            {
                parent.Remove(steps[steps.Count - 1 - (way.Count - i)]);
            }
        }
    }
}
