namespace OpsConsole.Core.Changes.Rules;

/// <summary>A broken rule.</summary>
/// <param name="Path">The field at fault.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Fix">What to add to the change (or set instead) so that the rule holds; null where nothing would.</param>
internal sealed record Violation(string Path, string Reason, Change? Fix);
