using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Lines and requests of one instance in time order: flat arrays that are used again for the next instance.
/// Requests are numbered locally by start; <see cref="Requests"/> leads back to rows.
/// </summary>
internal sealed class InstanceWork(LogTable table, RequestEnds ends)
{
    /// <summary>Rows of the lines, by time.</summary>
    public int[] Lines { get; private set; } = [];

    /// <summary>Times of the lines.</summary>
    public long[] Times { get; private set; } = [];

    public int LineCount { get; private set; }

    /// <summary>Rows of the requests, by start.</summary>
    public int[] Requests { get; private set; } = [];

    public long[] Starts { get; private set; } = [];

    /// <summary>Ends in ascending order, and whose they are (local numbers).</summary>
    public long[] EndTimes { get; private set; } = [];

    public int[] EndOrder { get; private set; } = [];

    /// <summary>End + tolerance in ascending order, and whose they are (local numbers).</summary>
    public long[] LateTimes { get; private set; } = [];

    public int[] LateOrder { get; private set; } = [];

    public int RequestCount { get; private set; }

    /// <summary>Loads the lines and requests of an instance; aborted requests are left out.</summary>
    public void Load(ReadOnlySpan<int> lines, ReadOnlySpan<int> requests)
    {
        LoadRequests(requests);
        LineCount = lines.Length;
        if (Lines.Length < lines.Length)
        {
            var capacity = Math.Max(lines.Length, Lines.Length * 2);
            Lines = new int[capacity];
            Times = new long[capacity];
        }

        var sorted = true;
        var last = long.MinValue;
        for (var i = 0; i < lines.Length; i++)
        {
            var time = table.Lines[lines[i]].TimestampNs;
            Lines[i] = lines[i];
            Times[i] = time;
            sorted &= time >= last;
            last = time;
        }

        if (!sorted)
        {
            SortBy(Times, Lines, lines.Length);
        }
    }

    /// <summary>Orders the requests by end + tolerance.</summary>
    public void SetTolerances(Tolerances tolerances)
    {
        var sorted = true;
        for (var i = 0; i < RequestCount; i++)
        {
            var local = EndOrder[i];
            LateOrder[i] = local;
            LateTimes[i] = EndTimes[i] + tolerances.Of(ends.Kind[Requests[local]], table.Requests[Requests[local]].Flags);
            sorted &= i == 0 || LateTimes[i] >= LateTimes[i - 1];
        }

        if (!sorted)
        {
            Array.Sort(LateTimes, LateOrder, 0, RequestCount);
        }
    }

    private void LoadRequests(ReadOnlySpan<int> requests)
    {
        if (Requests.Length < requests.Length)
        {
            var capacity = Math.Max(requests.Length, Requests.Length * 2);
            Requests = new int[capacity];
            Starts = new long[capacity];
            EndTimes = new long[capacity];
            EndOrder = new int[capacity];
            LateTimes = new long[capacity];
            LateOrder = new int[capacity];
        }

        var count = 0;
        var sorted = true;
        foreach (var r in requests)
        {
            if (ends.Kind[r] == EndKind.Aborted)
            {
                continue;
            }

            Requests[count] = r;
            Starts[count] = ends.Start[r];
            sorted &= count == 0 || RequestChoice.Earlier(table, ends.Start, Requests[count - 1], r);
            count++;
        }

        RequestCount = count;
        if (!sorted)
        {
            SortBy(Starts, Requests, count);
            BreakTies(count);
        }

        sorted = true;
        for (var i = 0; i < count; i++)
        {
            EndTimes[i] = ends.End[Requests[i]];
            EndOrder[i] = i;
            sorted &= i == 0 || EndTimes[i] >= EndTimes[i - 1];
        }

        if (!sorted)
        {
            Array.Sort(EndTimes, EndOrder, 0, count);
        }
    }

    /// <summary>Exports are newest first more often than not: turning them round first leaves almost nothing to sort.</summary>
    private static void SortBy(long[] times, int[] rows, int count)
    {
        if (count > 1 && times[0] > times[count - 1])
        {
            Array.Reverse(times, 0, count);
            Array.Reverse(rows, 0, count);
        }

        var sorted = true;
        for (var i = 1; i < count && sorted; i++)
        {
            sorted = times[i] >= times[i - 1];
        }

        if (sorted)
        {
            return;
        }

        Array.Sort(times, rows, 0, count);
    }

    private void BreakTies(int count)
    {
        for (var from = 0; from < count;)
        {
            var to = from + 1;
            while (to < count && Starts[to] == Starts[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                Array.Sort(Requests, from, to - from, Comparer<int>.Create((a, b) =>
                    a == b ? 0 : (RequestChoice.Earlier(table, ends.Start, a, b) ? -1 : 1)));
            }

            from = to;
        }
    }
}
