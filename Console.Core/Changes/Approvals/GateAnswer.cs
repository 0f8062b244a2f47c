using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>Whether a change may be sent as far as second persons go.</summary>
/// <param name="Error">Why not; null where it may.</param>
/// <param name="ApprovedBy">Name of the second person; null where none was needed.</param>
internal sealed record GateAnswer(ChangeError? Error, string? ApprovedBy);
