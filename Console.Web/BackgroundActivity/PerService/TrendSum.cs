using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>The trend of several revisions together.</summary>
public static class TrendSum
{
    /// <summary>Points of all revisions added up, in order of time.</summary>
    public static IReadOnlyList<TrendPoint> Of(Trend trend) =>
    [
        .. trend.Revisions.Values.SelectMany(points => points)
            .GroupBy(point => point.From)
            .OrderBy(points => points.Key)
            .Select(points => new TrendPoint
            {
                From = points.Key,
                Requests = points.Sum(point => point.Requests),
                RequestsWithAfterResponse = points.Sum(point => point.RequestsWithAfterResponse),
                LateLines = points.Sum(point => point.LateLines),
                IdleLines = points.Sum(point => point.IdleLines),
            }),
    ];
}
