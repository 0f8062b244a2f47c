namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>A statement as this trail holds it.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="By">Who asked for it; the console itself for the daily ones.</param>
/// <param name="Events">Its events, in order.</param>
/// <param name="Sha256">The digest that was recorded with it.</param>
/// <param name="Parts">How many events it has to have.</param>
public sealed record SealedStatement(Statement Statement, string By, IReadOnlyList<AuditRecord> Events, string Sha256, int Parts)
{
    /// <summary>True when all its rows are here and are what was recorded.</summary>
    public bool IsWhole => Events.Count == Parts && StatementJson.Digest(Statement.Rows) == Sha256;
}
