using System.Numerics;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// How the entries of a file stand, and where one may cut between them. In nearly all files every entry begins a line, at one
/// and the same column: 0 in NDJSON and objects one after another, 2 in what gcloud prints. A cut is then found by looking back for
/// a line break. An array on one line has no such column: the braces must be counted.
/// </summary>
internal static unsafe class EntryColumn
{
    /// <summary>The column, or -1 when there is none.</summary>
    internal static int Find(byte* start, int length)
    {
        var end = start + length;
        var line = start;
        var p = start;
        var first = -1;
        while (p < end && *p != '{')
        {
            if (*p == '\n')
            {
                line = p + 1;
            }

            p++;
        }

        if (p >= end)
        {
            return -1;
        }

        if (IsBlank(line, p))
        {
            first = (int)(p - line);
        }

        // One entry that holds a line with a brace at that column (printed without indentation): it does not tell entries apart.
        var next = JsonScan.SkipContainer(p, end, -1);
        if (next == null)
        {
            // The first entry is broken or larger than the block. NDJSON is the likeliest by far.
            return Math.Max(first, 0);
        }

        if (first >= 0 && JsonScan.SkipContainer(p, end, first) == null)
        {
            return -1;
        }

        // What follows the first entry decides: [{…},\n{…}] has its first entry behind the bracket and all others at column 0.
        var broke = false;
        line = next;
        while (next < end && *next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',')
        {
            if (*next == '\n')
            {
                line = next + 1;
                broke = true;
            }

            next++;
        }

        if (next >= end || *next != '{')
        {
            return first;
        }

        return broke && IsBlank(line, next) && (first < 0 || first == next - line) ? (int)(next - line) : -1;
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

    private static bool IsBlank(byte* from, byte* to)
    {
        for (; from < to; from++)
        {
            if (*from is not ((byte)' ' or (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }
}
