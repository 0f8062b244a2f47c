namespace OpsConsole.Core.CloudRun;

/// <summary>Something that was read, and when. Screens say the time.</summary>
/// <typeparam name="T">What was read.</typeparam>
/// <param name="Value">What came.</param>
/// <param name="At">When the answer was complete.</param>
public sealed record Reading<T>(T Value, DateTimeOffset At);
