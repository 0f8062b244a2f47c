using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>The stretch from the response to the last line after it, without the gaps in which there was no CPU.</summary>
public static class AfterStretches
{
    /// <summary>Stretches in order of time; empty when nothing is certain to have gone on.</summary>
    public static IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Of(RequestView view)
    {
        var late = view.Entries.Where(line => !line.Probable && line.Class is (EntryClass.AfterResponse or EntryClass.Resumed)).ToList();
        if (late.Count == 0)
        {
            return [];
        }

        var stretches = new List<(DateTimeOffset, DateTimeOffset)>();
        var from = view.Request.End;
        var last = late.Max(line => line.At);
        foreach (var gap in CpuGaps.Of(view))
        {
            if (gap.From > from)
            {
                stretches.Add((from, gap.From < last ? gap.From : last));
            }

            from = gap.To > from ? gap.To : from;
        }

        if (last > from)
        {
            stretches.Add((from, last));
        }

        return stretches;
    }
}
