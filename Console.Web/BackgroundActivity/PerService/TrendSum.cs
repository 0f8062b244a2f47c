using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.BackgroundActivity.Pictures;

namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>The trend of several revisions together.</summary>
public static class TrendSum
{
    /// <summary>All revisions added up, in order of time.</summary>
    public static IReadOnlyList<TrendBar> Of(Trend trend) =>
    [
        .. trend.Revisions.Values.SelectMany(points => points)
            .GroupBy(point => point.From)
            .OrderBy(points => points.Key)
            .Select(points => new TrendBar(
                points.Key,
                points.Sum(point => point.Requests),
                points.Sum(point => point.RequestsWithAfterResponse),
                points.Sum(point => point.IdleLines))),
    ];
}
