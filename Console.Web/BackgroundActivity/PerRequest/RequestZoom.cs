using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.BackgroundActivity.Pictures;

namespace OpsConsole.Web.BackgroundActivity.PerRequest;

/// <summary>Which stretch of a request the waterfall shows.</summary>
public static class RequestZoom
{
    /// <summary>From the start to the last thing known of it.</summary>
    public const string Whole = "whole";

    /// <summary>The response and a little after it: where a short response before minutes of work would be a hair.</summary>
    public const string Response = "response";

    /// <summary>What an address asks for; anything else is the whole.</summary>
    public static string Parse(string? zoom) => zoom == Response ? Response : Whole;

    /// <summary>True when the whole is so long that the response is hard to see in it.</summary>
    public static bool Helps(RequestView view) => view.To - view.From > (view.Request.End - view.Request.Start) * 20;

    /// <summary>The scale.</summary>
    public static TimeScale Scale(RequestView view, string zoom)
    {
        if (zoom != Response)
        {
            return TimeScale.Around(view.From, view.To);
        }

        var response = view.Request.End - view.Request.Start;
        var after = response > TimeSpan.FromMilliseconds(20) ? response : TimeSpan.FromMilliseconds(20);
        var end = view.Request.End + (after * 2);
        return TimeScale.Around(view.From, end < view.To ? end : view.To);
    }
}
