namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>A column of a ledger's table.</summary>
/// <param name="Name">Its name in both databases.</param>
/// <param name="Type">How its cells are read.</param>
public readonly record struct LedgerColumn(string Name, LedgerType Type);
