using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Requests of one instance by trace and by span: chains in flat arrays that are used again for the next instance.
/// </summary>
internal sealed class JoinTable(RequestEnds ends)
{
    // A load test with one constant trace makes chains of millions: looking at all of them for each line would never end.
    private const int LongChain = 256;

    private readonly Dictionary<(ulong High, ulong Low), int[]> _crowds = [];
    private int[] _traceHeads = [];
    private int[] _spanHeads = [];
    private int[] _traceNext = [];
    private int[] _spanNext = [];
    private int[] _requests = [];
    private int _mask;

    /// <summary>Fills the table with requests (row numbers).</summary>
    public void Fill(LogTable table, ReadOnlySpan<int> requests)
    {
        var size = 16;
        while (size < requests.Length * 2)
        {
            size <<= 1;
        }

        if (_traceHeads.Length < size)
        {
            _traceHeads = new int[size];
            _spanHeads = new int[size];
        }

        if (_requests.Length < requests.Length)
        {
            var capacity = Math.Max(requests.Length, _requests.Length * 2);
            _requests = new int[capacity];
            _traceNext = new int[capacity];
            _spanNext = new int[capacity];
        }

        _crowds.Clear();
        _mask = size - 1;
        Array.Clear(_traceHeads, 0, size);
        Array.Clear(_spanHeads, 0, size);
        for (var i = 0; i < requests.Length; i++)
        {
            ref readonly var row = ref table.Requests[requests[i]];
            _requests[i] = requests[i];
            if ((row.TraceHigh | row.TraceLow) != 0)
            {
                Link(_traceHeads, _traceNext, Slot(row.TraceHigh, row.TraceLow), i);
            }

            if (row.SpanId != 0)
            {
                Link(_spanHeads, _spanNext, Slot(row.SpanId, 0), i);
            }
        }
    }

    /// <summary>Puts the requests with a trace into <paramref name="found"/>; of a crowd, only those around the time.</summary>
    public void FindTrace(LogTable table, ulong high, ulong low, long time, List<int> found)
    {
        if (_crowds.Count > 0 && _crowds.TryGetValue((high, low), out var crowd))
        {
            Crowd.Near(crowd, ends, time, found);
            return;
        }

        for (var i = _traceHeads[Slot(high, low)]; i != 0; i = _traceNext[i - 1])
        {
            ref readonly var row = ref table.Requests[_requests[i - 1]];
            if (row.TraceLow == low && row.TraceHigh == high)
            {
                found.Add(_requests[i - 1]);
            }
        }

        if (found.Count > LongChain)
        {
            crowd = Crowd.ByStart(found, ends);
            _crowds[(high, low)] = crowd;
            found.Clear();
            Crowd.Near(crowd, ends, time, found);
        }
    }

    /// <summary>Puts the requests with a span id into <paramref name="found"/>.</summary>
    public void FindSpan(LogTable table, ulong span, List<int> found)
    {
        for (var i = _spanHeads[Slot(span, 0)]; i != 0; i = _spanNext[i - 1])
        {
            if (table.Requests[_requests[i - 1]].SpanId == span)
            {
                found.Add(_requests[i - 1]);
                if (found.Count > LongChain)
                {
                    // Not a span but a constant: it tells nothing.
                    found.Clear();
                    return;
                }
            }
        }
    }

    private static void Link(int[] heads, int[] next, int slot, int i)
    {
        next[i] = heads[slot];
        heads[slot] = i + 1;
    }

    private int Slot(ulong a, ulong b)
    {
        var hash = (a * 0x9E37_79B9_7F4A_7C15UL) ^ ((b + 0x632B_E59B_D9B4_E019UL) * 0xC2B2_AE3D_27D4_EB4FUL);
        return (int)((hash ^ (hash >> 32)) & (uint)_mask);
    }
}
