namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The requests in flight at a moment that only moves forward: how many, and which one when it is exactly one.
/// </summary>
internal struct FlightCursor(InstanceWork work, long before, long[] leaveTimes, int[] leaveOrder, long after)
{
    private int _entered;
    private int _left;
    private int _xor;

    /// <summary>How many requests are in flight.</summary>
    public readonly int Count => _entered - _left;

    /// <summary>Local number of the only request in flight; meaningless unless <see cref="Count"/> is 1.</summary>
    public readonly int Only => _xor;

    public void MoveTo(long time)
    {
        while (_entered < work.RequestCount && work.Starts[_entered] - before <= time)
        {
            _xor ^= _entered;
            _entered++;
        }

        while (_left < work.RequestCount && leaveTimes[_left] + after < time)
        {
            _xor ^= leaveOrder[_left];
            _left++;
        }
    }
}
