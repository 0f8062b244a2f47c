using System.Globalization;

namespace OpsConsole.Core.ProtoJson;

/// <summary>
/// <c>google.protobuf.Timestamp</c> in JSON: RFC 3339 with 0 to 9 decimals, for example <c>2025-12-29T00:58:51.018142Z</c>.
/// Google writes <c>Z</c>; readers must take other offsets too. See https://protobuf.dev/programming-guides/json/.
/// </summary>
public static class ProtoTimestamp
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Parses one into UTC; what is finer than 100 ns is cut off. False for anything else.</summary>
    public static bool TryParse(string? text, out DateTimeOffset value)
    {
        value = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        // .NET reads seven decimals at most: "…51.392307785Z" loses its last two.
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            var end = point + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end - point - 1 > 9)
            {
                return false;
            }

            if (end - point - 1 > 7)
            {
                text = string.Concat(text.AsSpan(0, point + 8), text.AsSpan(end));
            }
        }

        // Without an offset it is no RFC 3339 timestamp, and .NET would take the machine's own.
        var last = text[^1];
        if (last is not ('Z' or 'z') && (text.Length < 6 || text[^6] is not ('+' or '-')))
        {
            return false;
        }

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out value);
    }

    /// <summary>The timestamp, or null when absent or broken.</summary>
    public static DateTimeOffset? ParseOrNull(string? text) => TryParse(text, out var value) ? value : null;
}
