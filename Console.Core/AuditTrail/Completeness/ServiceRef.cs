namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>A Cloud Run service.</summary>
/// <param name="Project">Project id.</param>
/// <param name="Location">Region.</param>
/// <param name="Service">Short name.</param>
public sealed record ServiceRef(string Project, string Location, string Service);
