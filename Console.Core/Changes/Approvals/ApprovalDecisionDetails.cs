namespace OpsConsole.Core.Changes.Approvals;

/// <summary>What the event of a decision says in its details.</summary>
/// <param name="Request">Id of the request's event.</param>
/// <param name="Decision">How it ended.</param>
/// <param name="Changed">What had changed meanwhile, where that ended it.</param>
internal sealed record ApprovalDecisionDetails(string Request, ApprovalState Decision, IReadOnlyList<SettingChange>? Changed = null);
