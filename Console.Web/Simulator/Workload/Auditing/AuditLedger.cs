namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>An audit ledger that takes events over HTTP, as the simulated services know it.</summary>
/// <param name="Endpoint">Address that takes a POST of NDJSON.</param>
/// <param name="Tokens">Bearer token of each service, by its short name; a service without one writes to nobody.</param>
public sealed record AuditLedger(Uri Endpoint, IReadOnlyDictionary<string, string> Tokens);
