namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>A complete subtree: it covers the leaves [Index * 2^Level, (Index + 1) * 2^Level).</summary>
internal readonly record struct TreeNode(int Level, long Index);
