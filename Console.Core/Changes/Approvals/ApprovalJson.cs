using System.Text.Json.Serialization;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>Generated JSON of the details of approval events.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApprovalRequestDetails))]
[JsonSerializable(typeof(ApprovalDecisionDetails))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
