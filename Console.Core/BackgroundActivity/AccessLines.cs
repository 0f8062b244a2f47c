using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Finds the request that a web server's access line is about: <c>INFO: 169.254.1.1:4077 - "POST /orders HTTP/1.1" 200 OK</c>
/// has method and path, and comes about a millisecond after the end. Requests of one instance by route and end.
/// </summary>
internal sealed class AccessLines(LogTable table)
{
    /// <summary>Several ends of the route lie too near to each other: about one of them, nobody knows which.</summary>
    public const int Several = -2;

    private ulong[] _keys = [];
    private InstanceWork? _work;
    private int _count;

    /// <summary>Fills from the requests of an instance.</summary>
    public void Fill(InstanceWork work)
    {
        _work = work;
        if (_keys.Length < work.RequestCount)
        {
            _keys = new ulong[Math.Max(work.RequestCount, _keys.Length * 2)];
        }

        _count = 0;
        for (var rank = 0; rank < work.RequestCount; rank++)
        {
            var route = table.Requests[work.Requests[work.EndOrder[rank]]].RouteHash;
            if (route != 0)
            {
                _keys[_count++] = ((ulong)route << 32) | (uint)rank;
            }
        }

        Array.Sort(_keys, 0, _count);
    }

    /// <summary>Row of the request whose end is nearest to <paramref name="time"/>; -1 for none within reach; <see cref="Several"/>.</summary>
    public int Nearest(uint route, long time)
    {
        var work = _work!;
        var low = LowerBound(route, time);
        var best = -1;
        var bestDistance = long.MaxValue;
        var secondDistance = long.MaxValue;
        for (var i = Math.Max(0, low - 2); i < _count && i < low + 2; i++)
        {
            if ((uint)(_keys[i] >> 32) != route)
            {
                continue;
            }

            var rank = (int)(uint)_keys[i];
            var delay = time - work.EndTimes[rank];
            if (delay > Rules.AccessReach || delay < -Rules.LatencyFloor)
            {
                continue;
            }

            var distance = Math.Abs(delay);
            if (distance < bestDistance)
            {
                secondDistance = bestDistance;
                bestDistance = distance;
                best = work.Requests[work.EndOrder[rank]];
            }
            else if (distance < secondDistance)
            {
                secondDistance = distance;
            }
        }

        return best >= 0 && secondDistance - bestDistance < Rules.AccessAmbiguity ? Several : best;
    }

    /// <summary>First place whose route and end are not before the given ones.</summary>
    private int LowerBound(uint route, long time)
    {
        var low = 0;
        var high = _count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var key = _keys[middle];
            var keyRoute = (uint)(key >> 32);
            if (keyRoute < route || (keyRoute == route && _work!.EndTimes[(int)(uint)key] < time))
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
}
