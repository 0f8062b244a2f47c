using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>Keeps a picture of thousands of lines small: of lines that would lie on each other one is drawn, the most severe.</summary>
public static class LineThinning
{
    /// <summary>The lines to draw, at most one for each fifth of a per cent and kind, in order of time.</summary>
    public static IReadOnlyList<DrawnLine> For(IEnumerable<EntryMark> lines, TimeScale scale) =>
    [
        .. lines
            .Where(line => scale.Shows(line.At, line.At))
            .GroupBy(line => ((int)(scale.Percent(line.At) * 5), EntryWords.IsLate(line.Class), line.Probable))
            .Select(group => new DrawnLine(group.MaxBy(line => EntryWords.Rank(line.Severity))!, group.Count()))
            .OrderBy(drawn => drawn.Line.At),
    ];
}
