namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>The stretch from the response to the last line after it, without the gaps in which the work stood still.</summary>
public static class AfterStretches
{
    /// <summary>Stretches in order of time; empty when nothing went on.</summary>
    public static IEnumerable<(long FromNs, long ToNs)> Of(RequestStory story)
    {
        var late = story.Late.Select(line => line.TimestampNs).ToList();
        if (late.Count == 0)
        {
            yield break;
        }

        var from = story.Request.EndNs;
        var last = late.Max();
        foreach (var freeze in story.Freezes.OrderBy(freeze => freeze.FromNs))
        {
            if (freeze.FromNs > from)
            {
                yield return (from, Math.Min(freeze.FromNs, last));
            }

            from = Math.Max(from, freeze.ToNs);
        }

        if (last > from)
        {
            yield return (from, last);
        }
    }
}
