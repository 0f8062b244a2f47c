namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>An event that was committed and was taken away before it was sealed: its receipt is there, its row is not.</summary>
/// <param name="Workspace">Its workspace.</param>
/// <param name="Id">Its id.</param>
/// <param name="Sequence">Its number.</param>
/// <param name="RecordedAt">When that was found.</param>
public sealed record MissingLeaf(string Workspace, string Id, long Sequence, DateTimeOffset RecordedAt) : Leaf;
