namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Recognises in-process cron and flushers: lines of one template that come at a fixed pace on an instance, whether or not
/// requests came in between. Ticks that fall into a request are not late lines, so that a pace may have gaps of whole multiples.
/// </summary>
internal static class Periodicity
{
    private const int FewestGaps = 4;
    private const double ShareOnPace = 0.8;
    private const double PaceSlack = 0.1;

    // Faster than this is a loop inside one piece of work.
    private const long FastestPace = 2 * Rules.Second;

    /// <summary>The period in nanoseconds, or null.</summary>
    public static long? PeriodOf(FindingDraft draft)
    {
        var gaps = new List<long>();
        var withoutRequest = 0;
        var last = new Dictionary<int, long>();
        foreach (var (_, instance, time, tail) in draft.Occurrences)
        {
            // Lines of one tick count once.
            if (last.TryGetValue(instance, out var before) && time - before < Rules.Second)
            {
                continue;
            }

            if (last.ContainsKey(instance))
            {
                gaps.Add(time - before);
                withoutRequest += tail < 0 || tail > time - before ? 1 : 0;
            }

            last[instance] = time;
        }

        if (gaps.Count < FewestGaps)
        {
            return null;
        }

        var sorted = gaps.Order().ToList();
        var pace = sorted[sorted.Count / 2];
        var multiple = sorted[sorted.Count / 5];
        if (pace > multiple * 1.5 && Math.Abs(((double)pace / multiple) - Math.Round((double)pace / multiple)) < PaceSlack)
        {
            pace = multiple;
        }

        if (pace < FastestPace)
        {
            return null;
        }

        var onPace = gaps.Count(gap =>
        {
            var times = Math.Max(1, Math.Round((double)gap / pace));
            return times <= 20 && Math.Abs(gap - (times * pace)) <= PaceSlack * pace;
        });

        // Work that follows requests of a scheduler is as regular as they are: a tick without a request since the last one tells.
        return onPace >= ShareOnPace * gaps.Count && withoutRequest * 2 >= gaps.Count ? pace : null;
    }
}
