using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Entries that stand in the input twice: exports put behind one another, or a sink that delivered an entry again. Cloud Logging calls
/// entries one when log name, timestamp and insertId are equal. Copies have the same time, so that a sweep, which has the rows of
/// an instance in the order of time, meets them side by side: looking for them costs next to nothing.
/// </summary>
internal sealed class Copies(LogTable table)
{
    // Among more rows of one moment than these, each with each is too many.
    private const int FewRows = 16;

    private readonly HashSet<(InsertId Id, string Text, int Log)> _seen = [];

    /// <summary>Row numbers of lines that are copies; of each entry, the first in the input stays.</summary>
    public List<int> Lines { get; } = [];

    /// <summary>Row numbers of requests that are copies.</summary>
    public List<int> Requests { get; } = [];

    /// <summary>Looks at lines in the order of time.</summary>
    public void AddLines(ReadOnlySpan<long> times, ReadOnlySpan<int> rows) => Add(times, rows, LineKey, Lines);

    /// <summary>Looks at requests in the order of time.</summary>
    public void AddRequests(ReadOnlySpan<long> times, ReadOnlySpan<int> rows) => Add(times, rows, RequestKey, Requests);

    private void Add(ReadOnlySpan<long> times, ReadOnlySpan<int> rows, Func<int, (InsertId Id, string Text, int Log)> keyOf, List<int> copies)
    {
        for (var from = 0; from < times.Length;)
        {
            var to = from + 1;
            while (to < times.Length && times[to] == times[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                Moment(rows[from..to], keyOf, copies);
            }

            from = to;
        }
    }

    private void Moment(ReadOnlySpan<int> rows, Func<int, (InsertId Id, string Text, int Log)> keyOf, List<int> copies)
    {
        if (rows.Length <= FewRows && !AnyEqual(rows, keyOf))
        {
            return;
        }

        var inInputOrder = rows.ToArray();
        Array.Sort(inInputOrder);
        _seen.Clear();
        foreach (var row in inInputOrder)
        {
            // An entry without an insertId is like no other.
            var key = keyOf(row);
            if (!(key.Id.IsSide && key.Text.Length == 0) && !_seen.Add(key.Id.IsSide ? (default, key.Text, key.Log) : key))
            {
                copies.Add(row);
            }
        }
    }

    private static bool AnyEqual(ReadOnlySpan<int> rows, Func<int, (InsertId Id, string Text, int Log)> keyOf)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var a = keyOf(rows[i]);
            for (var j = i + 1; j < rows.Length; j++)
            {
                var b = keyOf(rows[j]);
                if (a.Log == b.Log && (a.Id == b.Id || (a.Id.IsSide && b.Id.IsSide && a.Text == b.Text)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The revision stands for the project inside of the log name; what else is in there is the kind of the log.
    private (InsertId Id, string Text, int Log) LineKey(int row)
    {
        ref readonly var line = ref table.Lines[row];
        return (line.InsertId, TextOf(line.InsertId), (line.Revision << 2) | (int)line.Kind);
    }

    private (InsertId Id, string Text, int Log) RequestKey(int row)
    {
        ref readonly var request = ref table.Requests[row];
        return (request.InsertId, TextOf(request.InsertId), request.Revision);
    }

    private string TextOf(InsertId id) => id.IsSide ? table.TextOf(id) : "";
}
