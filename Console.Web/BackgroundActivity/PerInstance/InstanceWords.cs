using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.BackgroundActivity.Pictures;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.PerInstance;

/// <summary>How instances end, and which stretch of their life is drawn.</summary>
public static class InstanceWords
{
    private static readonly TimeSpan Edge = TimeSpan.FromMinutes(5);

    /// <summary>The stretches with their names.</summary>
    public static IReadOnlyList<(InstanceZoom Zoom, string Words)> Zooms { get; } =
        [(InstanceZoom.Whole, "whole life"), (InstanceZoom.Start, "first 5 minutes"), (InstanceZoom.End, "last 5 minutes")];

    /// <summary>An id for a title.</summary>
    public static string Short(string instance) => ShortText.Middle(instance, 18);

    /// <summary>How it ended.</summary>
    public static string Death(DeathCause death) => death switch
    {
        DeathCause.OutOfMemory => "it used more memory than its limit",
        DeathCause.Signal => "ended by a signal",
        DeathCause.Exit => "its program exited",
        DeathCause.LivenessProbe => "its liveness probe failed",
        DeathCause.OrderlyStop => "stopped in order",
        _ => "no sign of one in these logs",
    };

    /// <summary>The scale of a stretch.</summary>
    public static TimeScale Scale(InstanceView view, InstanceZoom zoom) => zoom switch
    {
        InstanceZoom.Start => TimeScale.Around(view.From, view.From + Edge < view.To ? view.From + Edge : view.To),
        InstanceZoom.End => TimeScale.Around(view.To - Edge > view.From ? view.To - Edge : view.From, view.To),
        _ => TimeScale.Around(view.From, view.To),
    };
}
