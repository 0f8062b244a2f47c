using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Core.Changes;

/// <summary>Changes as JSON, as the audit trail keeps them: <c>{"kind":"cpu-allocation","always":true}</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Change))]
public sealed partial class ChangeJson : JsonSerializerContext
{
    /// <summary>Prints a change.</summary>
    public static string Print(Change change) => JsonSerializer.Serialize(change, Default.Change);

    /// <summary>Reads one back; null for what this version does not know.</summary>
    public static Change? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.Change);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
