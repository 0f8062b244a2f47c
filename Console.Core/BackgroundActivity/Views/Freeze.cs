namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>A stretch in which work stood still because the instance had no CPU.</summary>
/// <param name="From">Last sign of life before.</param>
/// <param name="To">Start of the request that woke the instance.</param>
/// <param name="WakingRequest">Number of that request.</param>
/// <param name="WakingInsertId">Its insertId.</param>
public sealed record Freeze(DateTimeOffset From, DateTimeOffset To, int WakingRequest, string WakingInsertId);
