namespace OpsConsole.Core.AuditTrail;

/// <summary>How many events a query has.</summary>
/// <param name="Value">The number.</param>
/// <param name="Estimated">True when counting all would take too long and the number comes from statistics or from a sample.</param>
public sealed record AuditCount(long Value, bool Estimated);
