namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Very many requests with one trace: only those that start around a line can be meant by it.</summary>
internal static class Crowd
{
    private const int Before = 64;
    private const int After = 4;

    /// <summary>The requests in order of their starts.</summary>
    public static int[] ByStart(List<int> requests, RequestEnds ends)
    {
        var rows = requests.ToArray();
        Array.Sort(rows, (a, b) =>
        {
            var order = ends.Start[a].CompareTo(ends.Start[b]);
            return order != 0 ? order : ends.End[a].CompareTo(ends.End[b]);
        });
        return rows;
    }

    /// <summary>Adds the last 64 that started before a time, and the next 4.</summary>
    public static void Near(int[] byStart, RequestEnds ends, long time, List<int> found)
    {
        var low = 0;
        var high = byStart.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ends.Start[byStart[middle]] <= time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (var i = Math.Max(0, low - Before); i < byStart.Length && i < low + After; i++)
        {
            found.Add(byStart[i]);
        }
    }
}
