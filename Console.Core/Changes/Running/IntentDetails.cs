using System.Text.Json;

namespace OpsConsole.Core.Changes.Running;

/// <summary>What the intent's event says in its details.</summary>
/// <param name="Title">What the change does.</param>
/// <param name="Change">The change; see <see cref="ChangeJson"/>.</param>
/// <param name="Settings">Field by field, before and after.</param>
/// <param name="Mask">Update mask of the PATCH.</param>
/// <param name="Etag">State that it was planned on.</param>
/// <param name="NewRevision">Whether a new revision comes.</param>
/// <param name="LatestRevision">Short name of the latest revision before.</param>
/// <param name="Bulk">Bulk that it is a row of.</param>
/// <param name="Move">Gradual move that it is a step of.</param>
/// <param name="Approval">Request that was approved.</param>
/// <param name="ApprovedBy">Who approved it: the decision's event has the id and the reason.</param>
/// <param name="Console">The console that carries it out.</param>
internal sealed record IntentDetails(
    string Title,
    JsonElement Change,
    IReadOnlyList<SettingChange> Settings,
    IReadOnlyList<string> Mask,
    string Etag,
    bool NewRevision,
    string LatestRevision,
    string? Bulk = null,
    string? Move = null,
    string? Approval = null,
    string? ApprovedBy = null,
    string? Console = null);
