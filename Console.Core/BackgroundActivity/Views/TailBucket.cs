namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>One bar of the histogram of tails.</summary>
/// <param name="FromSeconds">Included.</param>
/// <param name="ToSeconds">Not included; infinity in the last one.</param>
/// <param name="Requests">Requests whose last late line lies in it.</param>
public readonly record struct TailBucket(double FromSeconds, double ToSeconds, int Requests);
