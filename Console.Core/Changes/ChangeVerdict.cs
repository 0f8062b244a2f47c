namespace OpsConsole.Core.Changes;

/// <summary>What the receipt of a change came to.</summary>
/// <param name="IsBad">The change made it worse: more errors, slower answers. False too where the logs cannot tell.</param>
/// <param name="Sentence">For people.</param>
public sealed record ChangeVerdict(bool IsBad, string Sentence);
