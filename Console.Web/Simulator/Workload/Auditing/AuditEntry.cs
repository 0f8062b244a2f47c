namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>A record as it goes to the ledger.</summary>
/// <param name="Service">The service that writes it.</param>
/// <param name="Json">One JSON object in UTF-8, on one line.</param>
internal sealed record AuditEntry(string Service, byte[] Json);
