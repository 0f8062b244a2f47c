namespace OpsConsole.Core.Changes.Costs;

/// <summary>What a change does to the bill.</summary>
/// <param name="Direction">Which way.</param>
/// <param name="Sentence">Direction, size, and what it rests on, for people.</param>
/// <param name="Before">US dollars a month before; null where not known.</param>
/// <param name="After">US dollars a month after; null where not known.</param>
public sealed record CostEffect(CostDirection Direction, string Sentence, decimal? Before = null, decimal? After = null);
