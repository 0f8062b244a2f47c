using System.Text.Json.Serialization;

namespace OpsConsole.Core.Google.Wire;

/// <summary>Generated readers and writers of the wire types. int64 values come as strings, hence the number handling.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServiceWire))]
[JsonSerializable(typeof(RevisionWire))]
[JsonSerializable(typeof(JobWire))]
[JsonSerializable(typeof(ExecutionWire))]
[JsonSerializable(typeof(WorkerPoolWire))]
[JsonSerializable(typeof(LocationWire))]
[JsonSerializable(typeof(OperationWire))]
[JsonSerializable(typeof(ErrorEnvelopeWire))]
[JsonSerializable(typeof(EntriesListWire))]
[JsonSerializable(typeof(PermissionsWire))]
internal sealed partial class WireJson : JsonSerializerContext;
