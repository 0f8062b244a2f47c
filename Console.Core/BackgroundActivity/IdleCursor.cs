namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The busy period that a moment lies in or follows, and the last sign of life before it. Moves forward only.</summary>
internal struct IdleCursor(InstanceWork work, BusyPeriods busy)
{
    private int _next;
    private long _lastLine = long.MinValue;
    private long _signBefore = long.MinValue;
    private long _time;

    /// <summary>Number of the last busy period that began; -1 before the first.</summary>
    public readonly int Period => _next - 1;

    /// <summary>True while that period lasts.</summary>
    public readonly bool IsBusy => _next > 0 && _time <= busy[_next - 1].End;

    public void MoveTo(long time)
    {
        _time = time;
        while (_next < busy.Count && busy[_next].Start - Rules.StartSlack <= time)
        {
            _signBefore = _next > 0 ? Math.Max(_lastLine, busy[_next - 1].End) : _lastLine;
            _next++;
        }
    }

    /// <summary>Notes that the container wrote a line.</summary>
    public void SawLine(long time) => _lastLine = time;

    /// <summary>
    /// When the line at <paramref name="time"/> lies in a busy period that began after <paramref name="end"/> (the end of its own
    /// request) and after silence, its work stood still and that period's first request woke it.
    /// </summary>
    public readonly Resumption? WokenAfter(long end, long time, long tolerance)
    {
        if (_next == 0)
        {
            return null;
        }

        var period = busy[_next - 1];
        if (period.Start <= end || time > period.End + tolerance)
        {
            return null;
        }

        var sign = Math.Max(_signBefore, end);
        return period.Start - sign >= Rules.Freeze
            ? new Resumption(work.Requests[period.First], sign, period.Start)
            : null;
    }

    /// <summary>Since the last end; 0 before the first.</summary>
    public readonly long Distance => _next == 0 ? 0 : _time - busy[_next - 1].End;

    /// <summary>The request that was alone in the last busy period, else -1: of two, nobody can say which one a line is of.</summary>
    public readonly int OnlyRequest =>
        _next > 0 && busy[_next - 1].Requests == 1 ? work.Requests[busy[_next - 1].First] : -1;

    /// <summary>Since the end of the busy period before the last: how long the work of earlier requests must have gone on to explain a line.</summary>
    public readonly long Isolation => _next > 1 ? _time - busy[_next - 2].End : long.MaxValue;
}
