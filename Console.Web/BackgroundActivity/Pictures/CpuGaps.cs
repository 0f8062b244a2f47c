using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>The stretches after a response in which its instance had no CPU.</summary>
public static class CpuGaps
{
    /// <summary>
    /// Where work was seen to stand still; and, with request-based billing, every stretch in which no request was in flight on
    /// the instance, for CPU is allocated only while one is. In order of time, without overlaps.
    /// </summary>
    public static IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Of(RequestView view)
    {
        var gaps = view.Freezes.Select(freeze => (freeze.From, freeze.To)).ToList();
        if (view.Summary?.Settings?.Billing == BillingMode.RequestBased && view.OtherCount == view.Others.Count)
        {
            gaps.AddRange(WithoutRequest(view));
        }

        return Joined(gaps);
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> WithoutRequest(RequestView view)
    {
        var from = view.Request.End;
        foreach (var other in view.Others.OrderBy(other => other.Start))
        {
            if (other.Start > from)
            {
                yield return (from, other.Start);
            }

            from = other.End > from ? other.End : from;
        }

        if (view.To > from)
        {
            yield return (from, view.To);
        }
    }

    private static List<(DateTimeOffset From, DateTimeOffset To)> Joined(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> gaps)
    {
        var joined = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var gap in gaps.OrderBy(gap => gap.From))
        {
            if (joined.Count > 0 && gap.From <= joined[^1].To)
            {
                joined[^1] = (joined[^1].From, gap.To > joined[^1].To ? gap.To : joined[^1].To);
            }
            else
            {
                joined.Add(gap);
            }
        }

        return joined;
    }
}
