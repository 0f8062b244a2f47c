namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>Rules of retention.</summary>
/// <param name="Keep">Events must be kept for so long; only older ones may be pruned.</param>
public sealed record RetentionOptions(TimeSpan Keep);
