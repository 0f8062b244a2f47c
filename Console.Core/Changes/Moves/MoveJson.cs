using System.Text.Json.Serialization;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>Generated JSON of the details of a move's events.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MoveDetails))]
internal sealed partial class MoveJson : JsonSerializerContext;
