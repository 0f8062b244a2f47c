namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>Numbers that were given out and never committed: their transactions rolled back. With these leaves every number is sealed or void.</summary>
/// <param name="From">First number, inclusive.</param>
/// <param name="To">Last number, inclusive.</param>
/// <param name="RecordedAt">When that was found.</param>
public sealed record VoidLeaf(long From, long To, DateTimeOffset RecordedAt) : Leaf;
