namespace OpsConsole.Core.Changes.History;

/// <summary>One setting before and after a change, for people.</summary>
/// <param name="Path">Where it stands in the resource.</param>
/// <param name="Name">Its name.</param>
/// <param name="Before">Before; secrets are masked.</param>
/// <param name="After">After; secrets are masked.</param>
public sealed record HistorySetting(string Path, string Name, string Before, string After);
