namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>The three books, read for one project and one stretch of time (and a little around it).</summary>
/// <param name="Cloud">Cloud Run's state.</param>
/// <param name="Google">Google's audit log.</param>
/// <param name="Ledger">This audit trail.</param>
public sealed record Books(IReadOnlyList<CloudFact> Cloud, GoogleBook Google, IReadOnlyList<LedgerAct> Ledger);
