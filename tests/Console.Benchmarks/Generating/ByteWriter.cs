using System.Buffers.Text;
using System.Text;

namespace OpsConsole.Benchmarks.Generating;

/// <summary>A growing buffer of UTF-8.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[1 << 20];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public ByteWriter Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
        return this;
    }

    public ByteWriter Add(string text)
    {
        Length += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));
        return this;
    }

    public ByteWriter Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(24), out var written);
        Length += written;
        return this;
    }

    public ByteWriter Decimal(ulong value)
    {
        Utf8Formatter.TryFormat(value, Room(24), out var written);
        Length += written;
        return this;
    }

    public ByteWriter Hex(ulong value, int digits)
    {
        var room = Room(digits);
        for (var i = digits - 1; i >= 0; i--)
        {
            room[i] = "0123456789abcdef"u8[(int)(value & 15)];
            value >>= 4;
        }

        Length += digits;
        return this;
    }

    /// <summary>A number with leading zeros.</summary>
    public ByteWriter Padded(long value, int digits)
    {
        var room = Room(digits);
        for (var i = digits - 1; i >= 0; i--)
        {
            room[i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        Length += digits;
        return this;
    }

    /// <summary><c>2026-03-12T06:42:31.018142Z</c> with 3, 6 or 9 decimals.</summary>
    public ByteWriter Time(long ns, int decimals)
    {
        var time = DateTime.UnixEpoch.AddTicks(ns / 100);
        Padded(time.Year, 4).Add("-"u8).Padded(time.Month, 2).Add("-"u8).Padded(time.Day, 2).Add("T"u8);
        Padded(time.Hour, 2).Add(":"u8).Padded(time.Minute, 2).Add(":"u8).Padded(time.Second, 2).Add("."u8);
        var fraction = ns % 1_000_000_000;
        return Padded(decimals == 9 ? fraction : decimals == 6 ? fraction / 1000 : fraction / 1_000_000, decimals).Add("Z"u8);
    }

    /// <summary><c>0.355516564s</c>.</summary>
    public ByteWriter Duration(long ns)
    {
        Number(ns / 1_000_000_000);
        return ns % 1_000_000_000 == 0 ? Add("s"u8) : Add("."u8).Padded(ns % 1_000_000_000, 9).Add("s"u8);
    }

    /// <summary>Cloud Run's own insertId: seconds and microseconds of writing, and a random tail.</summary>
    public ByteWriter InsertId(long ns, uint tail) => Hex((ulong)(ns / 1_000_000_000), 8).Hex((ulong)(ns % 1_000_000_000 / 1000), 8).Hex(tail, 8);

    private Span<byte> Room(int length)
    {
        if (Length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));
        }

        return _bytes.AsSpan(Length);
    }
}
