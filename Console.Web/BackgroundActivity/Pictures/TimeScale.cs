using System.Globalization;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>
/// Places instants on a picture as per cent of its width: pictures are drawn in per cent and fixed heights, so that they
/// fill any width, stay crisp at any zoom and never stretch their text.
/// </summary>
/// <param name="FromNs">Left edge, nanoseconds since the Unix epoch.</param>
/// <param name="ToNs">Right edge.</param>
public readonly record struct TimeScale(long FromNs, long ToNs)
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>Width of the picture in seconds.</summary>
    public double Seconds => (ToNs - FromNs) / 1e9;

    /// <summary>A scale from the first to the last instant, with a margin on both sides so that marks at the edges stay whole.</summary>
    public static TimeScale Around(long firstNs, long lastNs)
    {
        var length = Math.Max(lastNs - firstNs, 1_000_000);
        var margin = length / 40;
        return new TimeScale(firstNs - margin, firstNs + length + margin);
    }

    /// <summary>0–100, cut at the edges.</summary>
    public double Percent(long ns) => Math.Clamp(100.0 * (ns - FromNs) / (ToNs - FromNs), 0, 100);

    /// <summary>Position as an attribute: <c>12.345%</c>.</summary>
    public string X(long ns) => Attribute(Percent(ns));

    /// <summary>Width of a stretch as an attribute; never negative.</summary>
    public string Width(long fromNs, long toNs) => Attribute(Math.Max(0, Percent(toNs) - Percent(fromNs)));

    /// <summary>True when some of the stretch is in the picture.</summary>
    public bool Shows(long fromNs, long toNs) => toNs >= FromNs && fromNs <= ToNs;

    /// <summary>Round offsets from an origin that lie in the picture, about as many as asked for.</summary>
    public IReadOnlyList<(long Ns, string Label)> Ticks(long originNs, int about)
    {
        var step = Step(Seconds / about);
        var first = (long)Math.Ceiling((FromNs - originNs) / 1e9 / step);
        var last = (long)Math.Floor((ToNs - originNs) / 1e9 / step);
        var ticks = new List<(long, string)>();
        for (var i = first; i <= last && ticks.Count < 100; i++)
        {
            var seconds = i * step;
            ticks.Add((originNs + (long)(seconds * 1e9), i == 0 ? "0" : (seconds > 0 ? "+" : "") + TickText(seconds)));
        }

        return ticks;
    }

    /// <summary>A number of per cent as an attribute.</summary>
    public static string Attribute(double percent) => percent.ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private static double Step(double atLeast)
    {
        // Above a minute people count in minutes and hours, not in hundreds of seconds.
        foreach (var round in new[] { 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 43_200, 86_400 })
        {
            if (atLeast > 50 && atLeast <= round)
            {
                return round;
            }
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(atLeast, 1e-4))));
        return Steps.First(step => step * power >= atLeast * 0.999_999) * power;
    }

    private static string TickText(double seconds)
    {
        var magnitude = Math.Abs(seconds);
        var text = magnitude < 0.9995 ? $"{magnitude * 1000:0.##} ms"
            : magnitude < 59.95 ? string.Create(CultureInfo.InvariantCulture, $"{magnitude:0.###} s")
            : Durations.Text(magnitude);
        return seconds < 0 ? "−" + text : text;
    }
}
