using System.Text.Json.Serialization;

namespace OpsConsole.Core.Changes.Running;

/// <summary>Generated JSON of the details of a change's events.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IntentDetails))]
[JsonSerializable(typeof(OutcomeDetails))]
internal sealed partial class ChangeRecordJson : JsonSerializerContext;
