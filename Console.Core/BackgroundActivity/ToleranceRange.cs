namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Tolerances over the instances, in milliseconds.</summary>
public readonly record struct ToleranceRange(double Min, double Median, double Max);
