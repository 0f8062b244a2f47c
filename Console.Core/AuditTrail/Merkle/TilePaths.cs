using System.Globalization;
using System.Text;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>How c2sp.org/tlog-tiles spells an index: groups of three digits, all but the last after an x, then <c>.p/W</c> if partial.</summary>
internal static class TilePaths
{
    /// <summary>1234067, 256 wide → <c>x001/x234/067</c>; 0, 5 wide → <c>000.p/5</c>.</summary>
    public static string Spell(long index, int width)
    {
        var text = new StringBuilder((index % 1000).ToString("000", CultureInfo.InvariantCulture));
        for (var rest = index / 1000; rest > 0; rest /= 1000)
        {
            text.Insert(0, '/').Insert(0, (rest % 1000).ToString("000", CultureInfo.InvariantCulture)).Insert(0, 'x');
        }

        return width == Tile.FullWidth ? text.ToString() : text.Append(".p/").Append(width.ToString(CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>The reverse; false for what <see cref="Spell"/> never writes.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out long index, out int width)
    {
        (index, width) = (0, Tile.FullWidth);
        var digits = text;
        var partial = text.IndexOf(".p/", StringComparison.Ordinal);
        if (partial >= 0)
        {
            if (!StrictDecimal.TryParse(text[(partial + 3)..], out var w) || w is < 1 or >= Tile.FullWidth)
            {
                return false;
            }

            width = (int)w;
            digits = text[..partial];
        }

        // Seven groups hold every index below 2^63 / 256; more would overflow.
        if (digits.Length > 7 * 5)
        {
            return false;
        }

        while (digits.Length > 0)
        {
            var last = digits.Length == 3;
            var group = last ? digits : digits.Length >= 5 && digits[0] == 'x' && digits[4] == '/' ? digits[1..4] : [];
            if (group.Length != 3 || group.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            index = (index * 1000) + int.Parse(group, NumberStyles.None, CultureInfo.InvariantCulture);
            digits = last ? [] : digits[5..];
            if (last)
            {
                // Only one spelling: x000/001 is not 001.
                return index >= 0 && text.SequenceEqual(Spell(index, width));
            }
        }

        return false;
    }
}
