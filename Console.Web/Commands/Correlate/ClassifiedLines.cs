using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.Commands.Correlate;

/// <summary>The text of some lines of <c>--classified</c>, formatted straight into bytes that are used again.</summary>
internal sealed class ClassifiedLines(Analysis analysis)
{
    // {"insertId":"24","class":"after-response","request":"24","tailSeconds":9.9,"probableRequest":"24"}
    private const int LongestPlainLine = 256;
    private const int PlainId = 24;

    // From the class to the request's id, for each class.
    private static readonly byte[][] Classes = [.. EntryClasses.All.Select(c => Encoding.UTF8.GetBytes($",\"class\":\"{c.Word()}\",\"request\":"))];

    private static readonly ushort[] Pairs = HexPairs();

    private byte[] _bytes = [];
    private int _length;

    /// <summary>What was formatted.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Formats the lines from one number up to another, and forgets those before.</summary>
    public void Format(int begin, int end)
    {
        _length = 0;
        for (var line = begin; line < end; line++)
        {
            ref readonly var row = ref analysis.Table.Lines[line];
            var request = analysis.RequestOf[line];
            Reserve(LongestPlainLine);
            Add("{\"insertId\":"u8);
            Id(row.InsertId);
            Add(Classes[(int)analysis.Classes[line]]);
            Request(request);
            Add(",\"tailSeconds\":"u8);
            Tail(request < 0 || analysis.RequestEndNs[request] == 0 ? 0 : row.TimestampNs - analysis.RequestEndNs[request]);
            Add(",\"probableRequest\":"u8);
            Request(request >= 0 ? -1 : analysis.ProbableRequestOf[line]);
            Add("}\n"u8);
        }
    }

    private void Request(int request)
    {
        if (request < 0)
        {
            Add("null"u8);
        }
        else
        {
            Id(analysis.Table.Requests[request].InsertId);
        }
    }

    /// <summary>Seconds with as many of nine decimals as there are; null when not after the end.</summary>
    private void Tail(long ns)
    {
        if (ns <= 0)
        {
            Add("null"u8);
            return;
        }

        Utf8Formatter.TryFormat(ns / 1_000_000_000, _bytes.AsSpan(_length), out var written);
        _length += written;
        var fraction = (int)(ns % 1_000_000_000);
        if (fraction == 0)
        {
            return;
        }

        _bytes[_length++] = (byte)'.';
        for (var digit = 100_000_000; fraction != 0; digit /= 10)
        {
            _bytes[_length++] = (byte)('0' + (fraction / digit));
            fraction %= digit;
        }
    }

    private void Id(InsertId id)
    {
        if (id.IsSide)
        {
            var text = JsonEncodedText.Encode(analysis.Table.TextOf(id)).EncodedUtf8Bytes;
            Reserve(text.Length + LongestPlainLine);
            Add("\""u8);
            Add(text);
            Add("\""u8);
            return;
        }

        var plain = _bytes.AsSpan(_length, PlainId + 2);
        plain[0] = (byte)'"';
        Hex(plain[1..], id.Hex, sizeof(ulong));
        Hex(plain[(1 + (2 * sizeof(ulong)))..], id.Tail, sizeof(uint));
        plain[PlainId + 1] = (byte)'"';
        _length += PlainId + 2;
    }

    /// <summary>Two digits at a time out of a table. The framework's own is of vectors that no ahead-of-time image holds: slow in a short run.</summary>
    private static void Hex(Span<byte> to, ulong value, int bytes)
    {
        for (var i = bytes - 1; i >= 0; i--)
        {
            var pair = Pairs[(byte)value];
            to[2 * i] = (byte)pair;
            to[(2 * i) + 1] = (byte)(pair >> 8);
            value >>= 8;
        }
    }

    private static ushort[] HexPairs()
    {
        var pairs = new ushort[256];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (ushort)("0123456789abcdef"u8[i >> 4] | ("0123456789abcdef"u8[i & 15] << 8));
        }

        return pairs;
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    private void Reserve(int length)
    {
        if (_bytes.Length < _length + length)
        {
            Array.Resize(ref _bytes, Math.Max(1 << 16, (_length + length) * 2));
        }
    }
}
