namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>Keeps a picture of thousands of lines small: of lines that would lie on each other one is drawn, the most severe.</summary>
public static class LineThinning
{
    /// <summary>The lines to draw, at most one for each fifth of a per cent and kind, in order of time.</summary>
    public static IReadOnlyList<(StoryLine Line, int Count)> For(IEnumerable<StoryLine> lines, TimeScale scale) =>
    [
        .. lines
            .Where(line => scale.Shows(line.TimestampNs, line.TimestampNs))
            .GroupBy(line => ((int)(scale.Percent(line.TimestampNs) * 5), EntryWords.IsLate(line.Class), line.Probable))
            .Select(group => (Line: group.MaxBy(line => line.Severity)!, Count: group.Count()))
            .OrderBy(drawn => drawn.Line.TimestampNs),
    ];
}
