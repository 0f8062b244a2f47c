namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>A mark on the axis of a picture.</summary>
/// <param name="At">Where.</param>
/// <param name="Label">What stands there.</param>
public readonly record struct Tick(DateTimeOffset At, string Label);
