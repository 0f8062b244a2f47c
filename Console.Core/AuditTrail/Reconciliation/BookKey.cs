namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>A service or worker pool, as all three books can name it.</summary>
/// <param name="Collection"><c>services</c> or <c>workerPools</c>.</param>
/// <param name="Project">Project id.</param>
/// <param name="Location">Region.</param>
/// <param name="Id">Short name.</param>
public sealed record BookKey(string Collection, string Project, string Location, string Id);
