using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Requests without an instanceId (20 of 2,076 real ones), by trace and revision: the only other way in which a line can be
/// joined to them. Empty for most inputs.
/// </summary>
internal sealed class UnplacedRequests
{
    private const int Crowded = 256;

    private readonly RequestEnds _ends;
    private readonly Dictionary<(ulong High, ulong Low, int Revision), int[]> _byTrace = [];

    private UnplacedRequests(RequestEnds ends) => _ends = ends;

    /// <summary>Takes the requests that have a trace and were not aborted.</summary>
    public static UnplacedRequests Of(LogTable table, RequestEnds ends, IEnumerable<int> requests)
    {
        var lists = new Dictionary<(ulong High, ulong Low, int Revision), List<int>>();
        foreach (var r in requests)
        {
            ref readonly var row = ref table.Requests[r];
            if (ends.Kind[r] == EndKind.Aborted || (row.TraceHigh | row.TraceLow) == 0)
            {
                continue;
            }

            var key = (row.TraceHigh, row.TraceLow, row.Revision);
            if (!lists.TryGetValue(key, out var list))
            {
                lists[key] = list = [];
            }

            list.Add(r);
        }

        var result = new UnplacedRequests(ends);
        foreach (var (key, list) in lists)
        {
            result._byTrace[key] = Crowd.ByStart(list, ends);
        }

        return result;
    }

    /// <summary>Adds the requests that have the line's trace in the line's revision.</summary>
    public void FindTrace(in LineRow line, in TraceSpan joining, List<int> found)
    {
        if (_byTrace.Count > 0 && _byTrace.TryGetValue((joining.TraceHigh, joining.TraceLow, line.Revision), out var list))
        {
            if (list.Length > Crowded)
            {
                Crowd.Near(list, _ends, line.TimestampNs, found);
            }
            else
            {
                found.AddRange(list);
            }
        }
    }
}
