using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>The properties of one object of a leaf; whatever nobody asked for is refused at the end.</summary>
internal sealed class LeafFields
{
    private readonly JsonElement _object;
    private readonly string _path;
    private int _read;

    public LeafFields(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException(path.Length == 0 ? "The leaf is not a JSON object." : $"The leaf's {path.TrimEnd('.')} is not an object.");
        }

        (_object, _path) = (value, path);
    }

    public string Text(string name) => Maybe(name) ?? throw new FormatException($"The leaf has no {_path}{name}.");

    public string? Maybe(string name)
    {
        if (!_object.TryGetProperty(name, out var value))
        {
            return null;
        }

        _read++;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"The leaf's {_path}{name} is not a string.");
    }

    public int Number(string name)
    {
        _read++;
        return _object.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw new FormatException($"The leaf's {_path}{name} is not a whole number.");
    }

    public long Sequence(string name) =>
        long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"The leaf's {_path}{name} is not a number.");

    public DateTimeOffset Time(string name) =>
        AuditTime.TryParse(Text(name), out var time) ? time : throw new FormatException($"The leaf's {_path}{name} is not a time.");

    public LeafFields? Object(string name)
    {
        if (!_object.TryGetProperty(name, out var value))
        {
            return null;
        }

        _read++;
        return new LeafFields(value, $"{_path}{name}.");
    }

    public void AllRead()
    {
        if (_object.EnumerateObject().Count() != _read)
        {
            throw new FormatException($"The leaf's {(_path.Length == 0 ? "object" : _path.TrimEnd('.'))} has properties that this console does not know.");
        }
    }
}
