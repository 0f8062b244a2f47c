using System.Globalization;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The tolerances used, over the instances that took requests, and their rule in words.</summary>
internal static class ToleranceSummary
{
    public static ToleranceRange RangeOf(Results results, long? forced)
    {
        if (forced is { } ns)
        {
            return new ToleranceRange(Ms(ns), Ms(ns), Ms(ns));
        }

        // One value an instance and kind of end that occurs there.
        var used = new List<long>();
        for (var i = 0; i < results.Facts.Length; i++)
        {
            var facts = results.Facts[i];
            if (facts.WriteTimeEnds > 0)
            {
                used.Add(results.Tolerances[i].AfterWriteTime);
            }

            if (facts.Requests > facts.WriteTimeEnds)
            {
                used.Add(results.Tolerances[i].AfterLatency);
            }
        }

        if (used.Count == 0)
        {
            return new ToleranceRange(Ms(Rules.WriteTimeFloor), Ms(Rules.WriteTimeFloor), Ms(Rules.LatencyFloor));
        }

        used.Sort();
        return new ToleranceRange(Ms(used[0]), Ms(used[(used.Count - 1) / 2]), Ms(used[^1]));
    }

    public static string RuleOf(CorrelatorOptions options) =>
        options.Tolerance is { } forced
            ? string.Create(CultureInfo.InvariantCulture, $"Forced: {forced.TotalMilliseconds:0.###} ms after every end.")
            : ToleranceEstimate.RuleText;

    private static double Ms(long ns) => Math.Round(ns / 1e6, 3);
}
