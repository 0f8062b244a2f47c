using System.Numerics;
using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// How the entries of a file stand, and where one may cut between them. In nearly all files every entry begins a line, at one
/// and the same column: 0 in NDJSON and objects one after another, 2 in what gcloud prints. A cut is then found by looking back for
/// a line break. An array on one line has no such column: the braces must be counted.
/// </summary>
internal static unsafe class EntryColumn
{
    private const int MostTries = 64;

    /// <summary>The column, or -1 when there is none. Found from the first lines that hold a whole entry, so that a broken first one misleads nobody.</summary>
    internal static int Find(byte* start, int length)
    {
        var end = start + length;
        var tries = 0;
        var first = -1;
        var line = start;
        while (line < end && tries < MostTries)
        {
            var p = line;
            while (*p is (byte)' ' or (byte)'\t')
            {
                p++;
            }

            if (*p == '{' && p < end && AnswerPages.OpenLater(p, end) == null)
            {
                var column = (int)(p - line);
                first = tries++ == 0 ? column : first;
                if (IsEntry(p, JsonScan.SkipContainer(p, end, column)))
                {
                    return column;
                }
            }

            var rest = new ReadOnlySpan<byte>(line, (int)(end - line)).IndexOf((byte)'\n');
            line = rest < 0 ? end : line + rest + 1;
        }

        // No whole entry begins a line. One that is larger than what was looked at stands where the first brace stands.
        return first >= 0 && !HoldsEntry(start, end) ? first : -1;
    }

    private static bool HoldsEntry(byte* start, byte* end)
    {
        var at = new ReadOnlySpan<byte>(start, (int)(end - start)).IndexOf((byte)'{');
        var inside = at < 0 ? null : AnswerPages.OpenLater(start + at, end);
        if (inside != null)
        {
            return HoldsEntry(inside, end);
        }

        return at >= 0 && IsEntry(start + at, JsonScan.SkipContainer(start + at, end, -1));
    }

    private static bool IsEntry(byte* start, byte* end)
    {
        if (end == null)
        {
            return false;
        }

        var text = new ReadOnlySpan<byte>(start, (int)(end - start));
        return text.IndexOf("\"timestamp\""u8) >= 0 && (text.IndexOf("\"insertId\""u8) >= 0 || text.IndexOf("\"logName\""u8) >= 0);
    }

    /// <summary>Where the last line that begins an entry begins; 0 when there is none but at the very start.</summary>
    internal static int LastBegin(byte* start, int length, int column)
    {
        var search = length;
        while (true)
        {
            var at = new ReadOnlySpan<byte>(start, search).LastIndexOf((byte)'\n');
            if (at < 0)
            {
                return 0;
            }

            if (at + 1 + column < length && JsonScan.BeginsEntry(start + at + 1, column))
            {
                return at + 1;
            }

            search = at;
        }
    }

    /// <summary>Behind the last brace that closes an object which is in no other; 0 when there is none.</summary>
    [MethodImpl(Hot.Code)]
    internal static int LastEnd(byte* start, int length)
    {
        var depth = 0;
        var last = 0;
        var previousEscaped = 0UL;
        var previousInString = 0UL;
        for (var at = 0; at < length; at += 64)
        {
            var (quotes, backslashes, opens, closes) = JsonScan.BraceMasks(start + at);
            var escaped = previousEscaped;
            if ((backslashes | previousEscaped) != 0)
            {
                escaped = JsonScan.Escaped(backslashes, ref previousEscaped);
            }

            var inString = JsonScan.PrefixXor(quotes & ~escaped) ^ previousInString;
            previousInString = (ulong)((long)inString >> 63);
            opens &= ~inString;
            closes &= ~inString;
            var count = BitOperations.PopCount(closes);
            if (count < depth)
            {
                depth += BitOperations.PopCount(opens) - count;
                continue;
            }

            for (var both = opens | closes; both != 0; both &= both - 1)
            {
                var bit = both & (~both + 1);
                if ((opens & bit) != 0)
                {
                    depth++;
                }
                else if (depth > 0 && --depth == 0)
                {
                    last = at + BitOperations.TrailingZeroCount(bit) + 1;
                }
            }
        }

        return Math.Min(last, length);
    }
}
