using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Row numbers grouped by instance (a counting sort): group 0 holds the rows without an instance.</summary>
internal sealed class InstanceIndex
{
    private readonly int[] _starts;
    private readonly int[] _rows;

    private InstanceIndex(int[] starts, int[] rows)
    {
        _starts = starts;
        _rows = rows;
    }

    /// <summary>Rows of an instance in input order; -1 for those without one.</summary>
    public ReadOnlySpan<int> Of(int instance) => _rows.AsSpan(_starts[instance + 1], _starts[instance + 2] - _starts[instance + 1]);

    public static InstanceIndex OfLines(LogTable table) => Build(table.Instances.Count, table.Lines);

    public static InstanceIndex OfRequests(LogTable table) => Build(table.Instances.Count, table.Requests);

    private static InstanceIndex Build<T>(int instances, RowStore<T> rows)
        where T : unmanaged, IOfInstance
    {
        var starts = new int[instances + 3];
        foreach (var segment in rows.Segments)
        {
            foreach (ref readonly var row in segment.Span)
            {
                starts[row.Instance + 3]++;
            }
        }

        // starts[g + 2] counts group g; after the sums it is where group g begins, and filling moves it to its end.
        for (var g = 1; g < starts.Length; g++)
        {
            starts[g] += starts[g - 1];
        }

        var order = new int[rows.Count];
        var i = 0;
        foreach (var segment in rows.Segments)
        {
            foreach (ref readonly var row in segment.Span)
            {
                order[starts[row.Instance + 2]++] = i++;
            }
        }

        return new InstanceIndex(starts, order);
    }
}
