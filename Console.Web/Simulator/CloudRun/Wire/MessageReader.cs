using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>
/// Reads a request's JSON as Google's front end does: both spellings of a name, numbers as strings, enums by name or number.
/// Defaults are dropped, output-only fields ignored, and what the interface definitions do not know is a violation.
/// </summary>
internal sealed class MessageReader
{
    private readonly List<FieldViolation> violations = [];

    private bool keepOutputOnly;

    /// <summary>Reads a request body. The result holds JSON names only, in declaration order.</summary>
    public static (JsonObject Message, IReadOnlyList<FieldViolation> Violations) Read(JsonObject body, string messageType)
    {
        var reader = new MessageReader();
        return (reader.ReadMessage(body, Schema.Message(messageType), ""), reader.violations);
    }

    /// <summary>Brings a resource of ours into Google's order and drops its defaults.</summary>
    /// <exception cref="InvalidOperationException">It has a field that the interface definitions do not know: a bug of ours.</exception>
    public static JsonObject Canonical(JsonObject resource, string messageType)
    {
        var reader = new MessageReader { keepOutputOnly = true };
        var message = reader.ReadMessage(resource, Schema.Message(messageType), "");
        return reader.violations.Count == 0
            ? message
            : throw new InvalidOperationException($"{messageType}: {string.Join("; ", reader.violations)}");
    }

    private JsonObject ReadMessage(JsonObject source, MessageType type, string path)
    {
        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (key, value) in source)
        {
            var field = type.Find(key);
            if (field is null)
            {
                // The wording of Google's front end, e.g. Unknown name "minScale" at 'service.scaling': Cannot find field.
                var at = path.Length == 0 ? "" : $" at '{path}'";
                violations.Add(new FieldViolation(path, $"Invalid JSON payload received. Unknown name \"{key}\"{at}: Cannot find field."));
                continue;
            }

            if (value is null || (field.OutputOnly && !keepOutputOnly))
            {
                continue;
            }

            var read = ReadField(value, field, Join(path, Spelling.ToSnake(field.Name)));
            if (read is not null)
            {
                values[field.Name] = read;
            }
        }

        var message = new JsonObject();
        foreach (var field in type.Fields)
        {
            if (values.TryGetValue(field.Name, out var value))
            {
                message[field.Name] = value;
            }
        }

        return message;
    }

    private JsonNode? ReadField(JsonNode value, FieldType field, string path)
    {
        if (!field.Repeated)
        {
            return ReadValue(value, field, path);
        }

        if (value is not JsonArray items)
        {
            Invalid(path, value);
            return null;
        }

        var array = new JsonArray();
        for (var i = 0; i < items.Count; i++)
        {
            // An element is never left out, even if it is the default of its type.
            if (items[i] is { } item && ReadValue(item, field with { HasPresence = true }, $"{path}[{i}]") is { } element)
            {
                array.Add(element);
            }
        }

        return array.Count == 0 ? null : array;
    }

    private JsonNode? ReadValue(JsonNode value, FieldType field, string path)
    {
        if (Schema.FindMessage(field.Type) is { } message)
        {
            if (value is JsonObject child)
            {
                return ReadMessage(child, message, path);
            }

            Invalid(path, value);
            return null;
        }

        if (Schema.FindEnum(field.Type) is { } enumType)
        {
            return ReadEnum(value, field, enumType, path);
        }

        return field.Type switch
        {
            "json" => value.DeepClone(),
            "map" => ReadMap(value, path),
            "bool" => ReadBool(value, field, path),
            "int32" => ReadInt32(value, field, path),
            "int64" => ReadInt64(value, field, path),
            _ => ReadString(value, field, path),
        };
    }

    private JsonValue? ReadEnum(JsonNode value, FieldType field, EnumType type, string path)
    {
        var name = value.GetValueKind() switch
        {
            JsonValueKind.String when type.Number(value.GetValue<string>()) is not null => value.GetValue<string>(),
            JsonValueKind.Number when TryInt(value, out var number) => type.Name((int)number),
            _ => null,
        };
        if (name is null)
        {
            Invalid(path, value);
            return null;
        }

        return name == type.Default && !field.HasPresence ? null : JsonValue.Create(name);
    }

    private JsonValue? ReadBool(JsonNode value, FieldType field, string path)
    {
        if (value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            Invalid(path, value);
            return null;
        }

        var flag = value.GetValue<bool>();
        return flag || field.HasPresence ? JsonValue.Create(flag) : null;
    }

    private JsonValue? ReadInt32(JsonNode value, FieldType field, string path)
    {
        if (!TryInt(value, out var number) || number is < int.MinValue or > int.MaxValue)
        {
            Invalid(path, value);
            return null;
        }

        return number == 0 && !field.HasPresence ? null : JsonValue.Create((int)number);
    }

    private JsonValue? ReadInt64(JsonNode value, FieldType field, string path)
    {
        if (!TryInt(value, out var number))
        {
            Invalid(path, value);
            return null;
        }

        return number == 0 && !field.HasPresence ? null : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));
    }

    private JsonValue? ReadString(JsonNode value, FieldType field, string path)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            Invalid(path, value);
            return null;
        }

        var text = value.GetValue<string>();
        var legal = field.Type switch
        {
            "duration" => WireTime.TryDuration(text, out _),
            "time" => WireTime.TryTimestamp(text, out _),
            _ => true,
        };
        if (!legal)
        {
            Invalid(path, value);
            return null;
        }

        return text.Length == 0 && !field.HasPresence ? null : JsonValue.Create(text);
    }

    private JsonObject? ReadMap(JsonNode value, string path)
    {
        if (value is not JsonObject source)
        {
            Invalid(path, value);
            return null;
        }

        var map = new JsonObject();
        foreach (var (key, item) in source)
        {
            if (item is null || item.GetValueKind() != JsonValueKind.String)
            {
                Invalid($"{path}[{key}]", item);
                continue;
            }

            map[key] = item.GetValue<string>();
        }

        return map.Count == 0 ? null : map;
    }

    private void Invalid(string path, JsonNode? value) =>
        violations.Add(new FieldViolation(path, $"Invalid value at '{path}', {value?.ToJsonString() ?? "null"}"));

    /// <summary>A number, or a number in a string: protobuf's JSON mapping accepts both for every integer.</summary>
    private static bool TryInt(JsonNode value, out long number)
    {
        number = 0;
        return value.GetValueKind() switch
        {
            JsonValueKind.Number => long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
            JsonValueKind.String => long.TryParse(value.GetValue<string>(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
