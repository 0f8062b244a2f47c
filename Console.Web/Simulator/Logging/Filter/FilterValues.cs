using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>Values of comparisons: what they may be for a field, and how they are read.</summary>
internal static class FilterValues
{
    /// <summary>Refuses a value that the field's type cannot have.</summary>
    public static void Check(FieldPath field, ComparisonOperator comparison, Token value)
    {
        if (comparison is ComparisonOperator.Match or ComparisonOperator.NotMatch)
        {
            try
            {
                _ = Pattern(value.Text);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw FilterSyntaxException.At(value, "invalid regular expression");
            }

            return;
        }

        if (comparison == ComparisonOperator.Has && value.Text == "*")
        {
            return;
        }

        var legal = field.ToString() switch
        {
            "timestamp" or "receiveTimestamp" => EntryTime.TryParse(value.Text, out _),
            "severity" => TrySeverity(value.Text, out _),
            "httpRequest.status" or "httpRequest.requestSize" or "httpRequest.responseSize" => TryNumber(value.Text, out _),
            "httpRequest.latency" => TryDuration(value.Text, out _),
            "traceSampled" => bool.TryParse(value.Text, out _),
            _ => true,
        };
        if (!legal)
        {
            throw FilterSyntaxException.At(value, $"invalid value for field '{field}'");
        }
    }

    /// <summary>Regular expressions are RE2's: linear time, no look-around, no back references. This engine keeps the same promise.</summary>
    public static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static bool TrySeverity(string text, out LogSeverity severity) => Enum.TryParse(text, ignoreCase: true, out severity)
        && (Enum.IsDefined(severity) || char.IsAsciiDigit(text[0]));

    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>A duration in nanoseconds: <c>0.5s</c>, <c>150ms</c>, <c>2m</c>; without a unit, seconds.</summary>
    public static bool TryDuration(string text, out double nanos)
    {
        (string Unit, double Nanos)[] units = [("ns", 1), ("us", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9), ("", 1e9)];
        foreach (var (unit, size) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal) && TryNumber(text[..^unit.Length], out var number))
            {
                nanos = number * size;
                return true;
            }
        }

        nanos = 0;
        return false;
    }
}
