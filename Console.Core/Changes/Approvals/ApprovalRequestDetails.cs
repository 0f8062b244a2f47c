using System.Text.Json;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>What the event of a request says in its details.</summary>
internal sealed record ApprovalRequestDetails(
    string Title,
    JsonElement Change,
    IReadOnlyList<SettingChange> Settings,
    string Etag,
    PlanWords Words,
    string Why,
    DateTimeOffset ExpiresAt,
    string? Snapshot,
    string? Bulk);
