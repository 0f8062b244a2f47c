using System.Text.Json.Serialization;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>Generated JSON of the details of bulk events.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BulkDetails))]
[JsonSerializable(typeof(BulkOutcomeDetails))]
internal sealed partial class BulkJson : JsonSerializerContext;
