namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>The audit record that a service writes about one request.</summary>
/// <param name="Action">Dotted: <c>order.created</c>.</param>
/// <param name="Workspace">The customer's workspace.</param>
/// <param name="ResourceType">Kind of what it was done to: <c>order</c>.</param>
/// <param name="ResourceId">Its id.</param>
/// <param name="Actor">Who, by e-mail address.</param>
/// <param name="Outcome"><c>success</c> or <c>denied</c>.</param>
internal sealed record AuditRecordPlan(string Action, string Workspace, string ResourceType, string ResourceId, string Actor, string Outcome = "success");
