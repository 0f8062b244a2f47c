namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The fingerprint of throttled CPU. Without CPU allocated a container still gets a sliver of each 100 ms, always in the same
/// place: in real exports 70 of 97 late lines of one instance fell into one slot of 5 ms. So the times of late lines, taken
/// modulo 100 ms, are points on a circle, and the Rayleigh test asks whether they crowd (N. I. Fisher, Statistical Analysis of
/// Circular Data, 4.3). Only the first line of each 100 ms counts, because lines of one burst are not independent;
/// a timer with a fixed pace crowds as well and is left out.
/// </summary>
internal sealed class ThrottleFingerprint
{
    /// <summary>Length of the CPU quota's period.</summary>
    public const long PeriodNs = 100 * Rules.Millisecond;

    private const int FewestPoints = 12;

    // n·R² of the Rayleigh test; the chance of this much by accident is about e^-12.
    private const double Certain = 12;

    private readonly List<(long Time, int Stretch)> _points = [];

    public void Clear() => _points.Clear();

    /// <summary>Adds a late line in time order; <paramref name="stretch"/> numbers the idle stretches of the instance.</summary>
    public void Add(long time, int stretch)
    {
        if (_points.Count == 0 || _points[^1].Time / PeriodNs != time / PeriodNs)
        {
            _points.Add((time, stretch));
        }
    }

    /// <summary>True when one stretch, or the instance as a whole, crowds.</summary>
    public bool IsThrottled()
    {
        if (_points.Count < FewestPoints)
        {
            return false;
        }

        if (Crowds(0, _points.Count))
        {
            return true;
        }

        for (var from = 0; from < _points.Count;)
        {
            var to = from + 1;
            while (to < _points.Count && _points[to].Stretch == _points[from].Stretch)
            {
                to++;
            }

            if (to - from >= FewestPoints && to - from < _points.Count && Crowds(from, to))
            {
                return true;
            }

            from = to;
        }

        return false;
    }

    private bool Crowds(int from, int to)
    {
        double x = 0;
        double y = 0;
        for (var i = from; i < to; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * (_points[i].Time % PeriodNs) / PeriodNs);
            x += cos;
            y += sin;
        }

        var n = to - from;
        return ((x * x) + (y * y)) / n >= Certain && !HasFixedPace(from, to);
    }

    /// <summary>True when most distances are the same number of periods (above one): a timer, not a quota.</summary>
    private bool HasFixedPace(int from, int to)
    {
        var paces = new Dictionary<long, int>();
        for (var i = from + 1; i < to; i++)
        {
            var pace = (_points[i].Time - _points[i - 1].Time + (PeriodNs / 2)) / PeriodNs;
            paces[pace] = paces.GetValueOrDefault(pace) + 1;
        }

        foreach (var (pace, count) in paces)
        {
            if (pace > 1 && count * 10 > (to - from - 1) * 6)
            {
                return true;
            }
        }

        return false;
    }
}
