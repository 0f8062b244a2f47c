namespace OpsConsole.Core.Changes.Approvals;

/// <summary>How a request ended, as the trail holds it.</summary>
/// <param name="State">Never <see cref="ApprovalState.Pending"/>.</param>
/// <param name="ActorId">Who decided; the console itself where a request expired.</param>
/// <param name="ActorName">Their name.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record ApprovalDecision(ApprovalState State, string ActorId, string ActorName, string Reason, DateTimeOffset At);
