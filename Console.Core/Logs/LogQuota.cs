namespace OpsConsole.Core.Logs;

/// <summary>The state of the entries:list quota of one project.</summary>
/// <param name="UsedInLastMinute">Calls made in the last 60 seconds by this process.</param>
/// <param name="PerMinute">The limit: 60.</param>
/// <param name="Wait">How long the next caller waits.</param>
public sealed record LogQuota(int UsedInLastMinute, int PerMinute, TimeSpan Wait);
