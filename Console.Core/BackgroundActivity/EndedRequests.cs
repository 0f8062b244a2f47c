using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The requests of one instance by end, with their routes, for the question which of them a line may follow.</summary>
internal sealed class EndedRequests
{
    private readonly long[] _starts;
    private readonly long[] _earliestStartFrom;

    private EndedRequests(LogTable table, RequestEnds ends, ReadOnlySpan<int> requests, RoutePatterns patterns)
    {
        var own = new List<int>(requests.Length);
        foreach (var request in requests)
        {
            if (ends.Kind[request] != EndKind.Aborted)
            {
                own.Add(request);
            }
        }

        own.Sort((a, b) =>
        {
            var order = ends.End[a].CompareTo(ends.End[b]);
            order = order != 0 ? order : ends.Start[a].CompareTo(ends.Start[b]);
            return order != 0 ? order : LineOrder.ById(table, table.Requests[a].InsertId, table.Requests[b].InsertId);
        });
        Requests = [.. own];
        Ends = [.. own.Select(r => ends.End[r])];
        Routes = [.. own.Select(r => ends.Kind[r] == EndKind.Unknown ? RoutePatterns.Unknown : patterns.Of(r))];
        _starts = [.. own.Select(r => ends.Start[r])];
        _earliestStartFrom = new long[own.Count + 1];
        _earliestStartFrom[own.Count] = long.MaxValue;
        for (var i = own.Count - 1; i >= 0; i--)
        {
            _earliestStartFrom[i] = Math.Min(_starts[i], _earliestStartFrom[i + 1]);
        }
    }

    /// <summary>Rows, by end.</summary>
    public int[] Requests { get; }

    public long[] Ends { get; }

    public int[] Routes { get; }

    public static EndedRequests Of(AnalysisWork work, int instance, RoutePatterns patterns) =>
        new(work.Table, work.Ends, work.Requests.Of(instance), patterns);

    /// <summary>First request that ended at that time or later.</summary>
    public int From(long time)
    {
        var low = 0;
        var high = Ends.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Ends[middle] < time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public long StartOf(int index) => _starts[index];

    /// <summary>True when no other request was in flight from <paramref name="distance"/> before its start to as long after its end.</summary>
    public bool IsAlone(int index, long distance) =>
        (index == 0 || Ends[index - 1] < _starts[index] - distance) && _earliestStartFrom[index + 1] > Ends[index] + distance;
}
