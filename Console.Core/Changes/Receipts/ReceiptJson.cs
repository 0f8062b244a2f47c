using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>Receipts as the audit trail keeps them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ReceiptJson : JsonSerializerContext
{
    /// <summary>Details of the event.</summary>
    public static JsonElement Details(Receipt receipt) => JsonSerializer.SerializeToElement(receipt, Default.Receipt);

    /// <summary>Reads them back; null for what is no receipt.</summary>
    public static Receipt? Read(JsonElement? details)
    {
        try
        {
            return details?.Deserialize(Default.Receipt);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
