using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Hexadecimal and decimal numbers in UTF-8.</summary>
internal static unsafe class HexDigits
{
    /// <summary>Value of one digit in either case; -1 for anything else.</summary>
    internal static int Value(byte c) =>
        c switch
        {
            >= (byte)'0' and <= (byte)'9' => c - '0',
            >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
            _ => -1,
        };

    /// <summary>Eight digits, first one highest; false when one of them is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryEight(byte* p, out uint value)
    {
        const ulong ones = 0x0101_0101_0101_0101;
        const ulong high = 0x8080_8080_8080_8080;
        var v = *(ulong*)p;
        var letters = (v >> 6) & ones;
        var nibbles = (v & (0x0F * ones)) + (letters * 9);

        // A digit is 0x30–0x39; a letter, in lower case, 0x61–0x66. Anything else leaves a top bit in one of the sums.
        var folded = v | (letters << 5);
        var isLetter = letters * 0xFF;
        var digitLow = (v | high) - (0x30 * ones);
        var digitHigh = (v & ~high) + ((0x7F - 0x39) * ones);
        var letterLow = (folded | high) - (0x61 * ones);
        var letterHigh = (folded & ~high) + ((0x7F - 0x66) * ones);
        var bad = v
            | ((~digitLow | digitHigh) & ~isLetter)
            | ((~letterLow | letterHigh) & isLetter);

        // Bytes now hold one digit each, first digit lowest: pair, then gather.
        nibbles = (nibbles << 4) | (nibbles >> 8);
        nibbles &= 0x00FF_00FF_00FF_00FF;
        nibbles |= nibbles >> 8;
        nibbles &= 0x0000_FFFF_0000_FFFF;
        nibbles |= nibbles >> 16;
        value = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((uint)nibbles);
        return (bad & high) == 0;
    }

    /// <summary>Sixteen digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TrySixteen(byte* p, out ulong value)
    {
        var ok = TryEight(p, out var upper) & TryEight(p + 8, out var lower);
        value = ((ulong)upper << 32) | lower;
        return ok;
    }

    /// <summary>A span id: 16 hexadecimal digits (request entries and most libraries) or a decimal uint64 (functions frameworks); 0 when neither.</summary>
    [MethodImpl(Hot.Code)]
    internal static ulong SpanId(ReadOnlySpan<byte> text)
    {
        if (text.Length == 16)
        {
            fixed (byte* p = text)
            {
                return TrySixteen(p, out var id) ? id : 0;
            }
        }

        // Decimal ids are 18–20 digits nearly always; shorter ones are decimal too unless they hold a letter.
        if (text.Length is 0 or > 20)
        {
            return 0;
        }

        var value = 0UL;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return text.Length < 16 ? Hex(text) : 0;
            }

            var digit = (ulong)(c - '0');
            if (value > (ulong.MaxValue - digit) / 10)
            {
                return 0;
            }

            value = (value * 10) + digit;
        }

        return value;
    }

    private static ulong Hex(ReadOnlySpan<byte> text)
    {
        var value = 0UL;
        foreach (var c in text)
        {
            var digit = Value(c);
            if (digit < 0)
            {
                return 0;
            }

            value = (value << 4) | (uint)digit;
        }

        return value;
    }
}
