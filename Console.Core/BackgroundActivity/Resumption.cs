namespace OpsConsole.Core.BackgroundActivity;

/// <summary>How work that stood still went on.</summary>
/// <param name="WakingRequest">Number of the request that woke the instance.</param>
/// <param name="FreezeStartNs">Last sign of life before the gap, in nanoseconds since the Unix epoch.</param>
/// <param name="FreezeEndNs">Start of the waking request.</param>
public readonly record struct Resumption(int WakingRequest, long FreezeStartNs, long FreezeEndNs);
