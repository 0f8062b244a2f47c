namespace OpsConsole.Core.CloudRun;

/// <summary>Something that was read, and when. Screens say the time.</summary>
/// <typeparam name="T">What was read.</typeparam>
/// <param name="Value">What came.</param>
/// <param name="At">When the answer was complete.</param>
public sealed record Reading<T>(T Value, DateTimeOffset At)
{
    /// <summary>Where Google failed for the moment: the last answer that was whole, if there was one within an hour. For screens alone; nothing is decided by it.</summary>
    public Reading<T>? Before { get; init; }
}
