using System.Buffers.Binary;
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

        Span<byte> raw = stackalloc byte[PlainId / 2];
        BinaryPrimitives.WriteUInt64BigEndian(raw, id.Hex);
        BinaryPrimitives.WriteUInt32BigEndian(raw[sizeof(ulong)..], id.Tail);
        _bytes[_length] = (byte)'"';
        Convert.TryToHexStringLower(raw, _bytes.AsSpan(_length + 1, PlainId), out _);
        _bytes[_length + PlainId + 1] = (byte)'"';
        _length += PlainId + 2;
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
