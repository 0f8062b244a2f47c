using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>Compares the states before and after an event, any JSON, field by field. Lists are compared by place.</summary>
public static partial class StateChanges
{
    /// <summary>At most so many differences are listed: a person reads them, and the states stand beside them in full.</summary>
    public const int Limit = 500;

    /// <summary>Differences in the order of the fields of <paramref name="before"/>, then those that only <paramref name="after"/> has.</summary>
    /// <param name="before">State before; null or undefined where there was none.</param>
    /// <param name="after">State after; null or undefined where there is none.</param>
    public static IReadOnlyList<FieldChange> Between(JsonElement? before, JsonElement? after)
    {
        var old = Flatten(before);
        var now = Flatten(after);
        List<FieldChange> changes = [];
        foreach (var path in old.Keys.Concat(now.Keys.Where(path => !old.ContainsKey(path))))
        {
            var (was, @is) = (old.GetValueOrDefault(path), now.GetValueOrDefault(path));
            if (was != @is)
            {
                // The string "1" that became the number 1 is a change that must be seen.
                var alike = was?.Text == @is?.Text;
                changes.Add(new FieldChange(path, was?.Show(alike), @is?.Show(alike)));
                if (changes.Count == Limit)
                {
                    break;
                }
            }
        }

        return changes;
    }

    private static Dictionary<string, Value> Flatten(JsonElement? state)
    {
        Dictionary<string, Value> fields = new(StringComparer.Ordinal);
        if (state is { } value)
        {
            Add(value, "", fields);
        }

        return fields;
    }

    private static void Add(JsonElement value, string path, Dictionary<string, Value> fields)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
            case JsonValueKind.Object when path.Length == 0 && !value.EnumerateObject().Any():
                break;
            case JsonValueKind.Object when value.EnumerateObject().Any():
                foreach (var property in value.EnumerateObject())
                {
                    Add(property.Value, Join(path, property.Name), fields);
                }

                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                var place = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Add(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{place++}]"), fields);
                }

                break;
            case JsonValueKind.String:
                fields[path] = new Value(value.GetString()!, IsText: true);
                break;
            default:
                // Numbers as they were written, true, false, null, {} and [].
                fields[path] = new Value(value.GetRawText(), IsText: false);
                break;
        }
    }

    private static string Join(string path, string name) =>
        !PlainName().IsMatch(name) ? $"{path}[{JsonSerializer.Serialize(name)}]"
        : path.Length == 0 ? name
        : $"{path}.{name}";

    private sealed record Value(string Text, bool IsText)
    {
        public string Show(bool quoted) => quoted && IsText ? $"\"{Text}\"" : Text;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainName();
}
