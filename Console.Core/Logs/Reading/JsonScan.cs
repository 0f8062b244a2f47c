using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Vectorised search over JSON text. Every pointer stands in a buffer that has at least <see cref="Padding"/> zero bytes after
/// its end: a zero byte is a control character, which no string may hold, so that loops need no bounds check of their own.
/// Vectors are of 256 bits: wider ones gain little here, and code that asks for them cannot be compiled ahead of time.
/// </summary>
internal static unsafe class JsonScan
{
    /// <summary>Zero bytes that must be readable after the end of a buffer: more than <see cref="RawMemo"/> compares at once.</summary>
    internal const int Padding = 1280;

    /// <summary>The first byte from here that ends a run of plain string characters: a quote, a backslash or a control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* StringStop(byte* p)
    {
        while (true)
        {
            var v = Vector256.Load(p);
            var stops = (Vector256.Equals(v, Vector256.Create((byte)'"'))
                | Vector256.Equals(v, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(v, Vector256.Create((byte)' '))).ExtractMostSignificantBits();
            if (stops != 0)
            {
                return p + BitOperations.TrailingZeroCount(stops);
            }

            p += 32;
        }
    }

    /// <summary>From an opening quote to the byte after the closing one; null when the string is broken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* SkipString(byte* p)
    {
        p = StringStop(p + 1);
        if (*p != '"')
        {
            p = SkipStringTail(p);
            if (p == null)
            {
                return null;
            }
        }

        return p + 1;
    }

    /// <summary>From where <see cref="StringStop"/> stopped at something else than a quote to the closing quote; null when broken.</summary>
    [MethodImpl(Hot.Code)]
    internal static byte* SkipStringTail(byte* p)
    {
        while (*p != '"')
        {
            if (*p != '\\' || p[1] < ' ')
            {
                return null;
            }

            p = StringStop(p + 2);
        }

        return p;
    }

    /// <summary>
    /// From an opening brace or bracket to the byte after its match, minding strings; null when it is not closed before
    /// <paramref name="end"/>, when a string holds a raw line break, or when a line begins a new entry (see <see cref="BeginsEntry"/>).
    /// Which kind of bracket closes which is not checked, nor are the tokens between: nothing needs what is in there.
    /// </summary>
    [MethodImpl(Hot.Code)]
    internal static byte* SkipContainer(byte* p, byte* end, int column)
    {
        var depth = 0;
        var previousEscaped = 0UL;
        var previousInString = 0UL;
        for (; p < end; p += 64)
        {
            var (quotes, backslashes, opens, closes, breaks) = Masks(p);
            var escaped = previousEscaped;
            if ((backslashes | previousEscaped) != 0)
            {
                escaped = Escaped(backslashes, ref previousEscaped);
            }

            var inString = PrefixXor(quotes & ~escaped) ^ previousInString;
            previousInString = (ulong)((long)inString >> 63);
            opens &= ~inString;
            closes &= ~inString;

            var count = BitOperations.PopCount(closes);
            var finish = -1;
            if (count >= depth)
            {
                finish = FindEnd(opens, closes, depth);
            }

            if (breaks != 0)
            {
                if (finish >= 0)
                {
                    breaks &= (1UL << finish) - 1;
                }

                if ((breaks & inString) != 0 || (column >= 0 && AnyBeginsEntry(p, breaks, column)))
                {
                    return null;
                }
            }

            if (finish >= 0)
            {
                return p + finish + 1 <= end ? p + finish + 1 : null;
            }

            depth += BitOperations.PopCount(opens) - count;
        }

        return null;
    }

    /// <summary>
    /// Whether the line that begins here begins an entry: exactly <paramref name="column"/> blanks and an opening brace.
    /// In a file whose entries stand so, such a line is always taken for a new entry, so that a cut-off entry costs
    /// itself and nothing after it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool BeginsEntry(byte* line, int column)
    {
        for (var i = 0; i < column; i++)
        {
            if (line[i] != ' ' && line[i] != '\t')
            {
                return false;
            }
        }

        return line[column] == '{';
    }

    /// <summary>Bit i is the parity of the bits up to and including i: ones inside of strings when the input marks quotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong PrefixXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        bits ^= bits << 32;
        return bits;
    }

    /// <summary>
    /// Which characters follow an odd run of backslashes; the method of simdjson (Langdale and Lemire, Parsing Gigabytes of JSON
    /// per Second, section 3.1.1).
    /// </summary>
    [MethodImpl(Hot.Code)]
    internal static ulong Escaped(ulong backslashes, ref ulong previousEscaped)
    {
        const ulong even = 0x5555_5555_5555_5555;
        backslashes &= ~previousEscaped;
        var follows = (backslashes << 1) | previousEscaped;
        var oddStarts = backslashes & ~even & ~follows;
        var sequences = unchecked(oddStarts + backslashes);
        previousEscaped = sequences < oddStarts ? 1UL : 0UL;
        return (even ^ (sequences << 1)) & follows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Quotes, ulong Backslashes, ulong Opens, ulong Closes, ulong Breaks) Masks(byte* p)
    {
        var a = Vector256.Load(p);
        var b = Vector256.Load(p + 32);

        // '[' and ']' differ from '{' and '}' by the bit 0x20 only.
        var fold = Vector256.Create((byte)0x20);
        return (
            Mask(a, b, (byte)'"'),
            Mask(a, b, (byte)'\\'),
            Mask(a | fold, b | fold, (byte)'{'),
            Mask(a | fold, b | fold, (byte)'}'),
            Mask(a, b, (byte)'\n'));
    }

    /// <summary>Quotes, backslashes and braces (no brackets) in 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (ulong Quotes, ulong Backslashes, ulong Opens, ulong Closes) BraceMasks(byte* p)
    {
        var a = Vector256.Load(p);
        var b = Vector256.Load(p + 32);
        return (Mask(a, b, (byte)'"'), Mask(a, b, (byte)'\\'), Mask(a, b, (byte)'{'), Mask(a, b, (byte)'}'));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> a, Vector256<byte> b, byte value)
    {
        var wanted = Vector256.Create(value);
        return Vector256.Equals(a, wanted).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(b, wanted).ExtractMostSignificantBits() << 32);
    }

    /// <summary>The closing bracket that brings the depth to 0, or -1.</summary>
    [MethodImpl(Hot.Code)]
    private static int FindEnd(ulong opens, ulong closes, int depth)
    {
        while (closes != 0)
        {
            var at = BitOperations.TrailingZeroCount(closes);
            depth--;
            if (depth + BitOperations.PopCount(opens & ((1UL << at) - 1)) == 0)
            {
                return at;
            }

            closes &= closes - 1;
        }

        return -1;
    }

    [MethodImpl(Hot.Code)]
    private static bool AnyBeginsEntry(byte* p, ulong breaks, int column)
    {
        while (breaks != 0)
        {
            if (BeginsEntry(p + BitOperations.TrailingZeroCount(breaks) + 1, column))
            {
                return true;
            }

            breaks &= breaks - 1;
        }

        return false;
    }
}
