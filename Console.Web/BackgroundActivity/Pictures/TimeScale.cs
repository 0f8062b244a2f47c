using System.Globalization;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>
/// Places instants on a picture as per cent of its width: pictures are drawn in per cent and fixed heights, so that they
/// fill any width, stay crisp at any zoom and never stretch their text.
/// </summary>
/// <param name="From">Left edge.</param>
/// <param name="To">Right edge, later than <paramref name="From"/>.</param>
public readonly record struct TimeScale(DateTimeOffset From, DateTimeOffset To)
{
    private const int MostTicks = 100;
    private static readonly double[] Steps = [1, 2, 5, 10];
    private static readonly double[] ClockSteps = [60, 120, 300, 600, 1800, 3600, 7200, 14_400, 43_200, 86_400];

    /// <summary>Width of the picture in seconds.</summary>
    public double Seconds => (To - From).TotalSeconds;

    /// <summary>A scale from the first to the last instant, with a margin on both sides so that marks at the edges stay whole.</summary>
    public static TimeScale Around(DateTimeOffset first, DateTimeOffset last)
    {
        var length = last - first < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : last - first;
        return new TimeScale(first - (length / 40), first + length + (length / 40));
    }

    /// <summary>0–100, cut at the edges.</summary>
    public double Percent(DateTimeOffset at) => Math.Clamp(100.0 * (at - From).Ticks / (To - From).Ticks, 0, 100);

    /// <summary>Position as an attribute: <c>12.345%</c>.</summary>
    public string X(DateTimeOffset at) => Attribute(Percent(at));

    /// <summary>Width of a stretch as an attribute; never negative.</summary>
    public string Width(DateTimeOffset from, DateTimeOffset to) => Attribute(Math.Max(0, Percent(to) - Percent(from)));

    /// <summary>Middle of a stretch as an attribute.</summary>
    public string Middle(DateTimeOffset from, DateTimeOffset to) => Attribute((Percent(from) + Percent(to)) / 2);

    /// <summary>True when some of the stretch is in the picture.</summary>
    public bool Shows(DateTimeOffset from, DateTimeOffset to) => to >= From && from <= To;

    /// <summary>Which side of a label keeps it in the picture: <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public string Anchor(DateTimeOffset at) => Percent(at) switch { < 5 => "start", > 95 => "end", _ => "middle" };

    /// <summary>Round offsets from an origin that lie in the picture, about as many as asked for.</summary>
    public IReadOnlyList<Tick> OffsetTicks(DateTimeOffset origin, int about)
    {
        var step = Step(Seconds / about);
        var first = (long)Math.Ceiling((From - origin).TotalSeconds / step);
        var last = (long)Math.Floor((To - origin).TotalSeconds / step);
        var ticks = new List<Tick>();
        for (var i = first; i <= last && ticks.Count < MostTicks; i++)
        {
            ticks.Add(new Tick(origin.AddTicks((long)Math.Round(i * step * TimeSpan.TicksPerSecond)), OffsetText(i * step)));
        }

        return ticks;
    }

    /// <summary>Round times of day (UTC) that lie in the picture, with the date where a day begins.</summary>
    public IReadOnlyList<Tick> ClockTicks(int about)
    {
        var step = (long)Math.Max(Step(Seconds / about) * TimeSpan.TicksPerSecond, TimeSpan.TicksPerMillisecond);
        var ticks = new List<Tick>();
        for (var at = (From.UtcTicks + step - 1) / step * step; at <= To.UtcTicks && ticks.Count < MostTicks; at += step)
        {
            var time = new DateTimeOffset(at, TimeSpan.Zero);
            var format = time.TimeOfDay == TimeSpan.Zero ? "MM-dd"
                : step >= TimeSpan.TicksPerMinute ? "HH:mm"
                : step >= TimeSpan.TicksPerSecond ? "HH:mm:ss"
                : "HH:mm:ss.fff";
            ticks.Add(new Tick(time, time.ToString(format, CultureInfo.InvariantCulture)));
        }

        return ticks;
    }

    /// <summary>A number of per cent as an attribute.</summary>
    public static string Attribute(double percent) => percent.ToString("0.###", CultureInfo.InvariantCulture) + "%";

    // Above a minute people count in minutes and hours, not in hundreds of seconds.
    private static double Step(double atLeast)
    {
        if (atLeast > 50)
        {
            return ClockSteps.FirstOrDefault(step => step >= atLeast, Math.Ceiling(atLeast / 86_400) * 86_400);
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(atLeast, 1e-5))));
        return Steps.First(step => step * power >= atLeast * 0.999_999) * power;
    }

    private static string OffsetText(double seconds)
    {
        var magnitude = Math.Abs(seconds);
        var text = magnitude switch
        {
            < 1e-7 => "0",
            < 0.9995 => string.Create(CultureInfo.InvariantCulture, $"{magnitude * 1000:0.##} ms"),
            < 59.95 => string.Create(CultureInfo.InvariantCulture, $"{magnitude:0.###} s"),
            < 3599.5 => $"{Math.Round(magnitude / 60, 1).ToString("0.#", CultureInfo.InvariantCulture)} min",
            _ => $"{Math.Round(magnitude / 3600, 1).ToString("0.#", CultureInfo.InvariantCulture)} h",
        };
        return magnitude < 1e-7 ? text : (seconds < 0 ? "−" : "+") + text;
    }
}
