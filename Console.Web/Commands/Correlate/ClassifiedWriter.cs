using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.Commands.Correlate;

/// <summary>
/// Writes one NDJSON line for each container and platform entry, in input order. Tens of millions of lines: chunks are formatted
/// on all cores straight into bytes and written one after the other.
/// </summary>
internal static class ClassifiedWriter
{
    private const int LinesPerChunk = 16 * 1024;

    // {"insertId":"24","class":"after-response","request":"24","tailSeconds":9.9,"probableRequest":"24"}
    private const int LongestPlainLine = 256;

    private static readonly byte[][] ClassWords = [.. EntryClasses.All.Select(c => Encoding.UTF8.GetBytes(c.Word()))];

    public static void Write(Analysis analysis, Stream stream, CancellationToken cancellationToken)
    {
        var lines = analysis.Table.Lines.Count;
        var chunks = (lines + LinesPerChunk - 1) / LinesPerChunk;
        var parallel = Math.Max(1, Environment.ProcessorCount);
        var buffers = new ArrayBufferWriter<byte>[parallel * 2];
        for (var i = 0; i < buffers.Length; i++)
        {
            buffers[i] = new ArrayBufferWriter<byte>(LinesPerChunk * 128);
        }

        for (var from = 0; from < chunks; from += buffers.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(buffers.Length, chunks - from);
            var first = from;
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken }, i =>
            {
                buffers[i].ResetWrittenCount();
                var begin = (first + i) * LinesPerChunk;
                Format(analysis, begin, Math.Min(lines, begin + LinesPerChunk), buffers[i]);
            });
            for (var i = 0; i < count; i++)
            {
                stream.Write(buffers[i].WrittenSpan);
            }
        }
    }

    private static void Format(Analysis analysis, int begin, int end, ArrayBufferWriter<byte> buffer)
    {
        for (var line = begin; line < end; line++)
        {
            ref readonly var row = ref analysis.Table.Lines[line];
            var request = analysis.RequestOf[line];
            Literal(buffer, "{\"insertId\":"u8);
            Id(analysis.Table, row.InsertId, buffer);
            Literal(buffer, ",\"class\":\""u8);
            Literal(buffer, ClassWords[(int)analysis.Classes[line]]);
            Literal(buffer, "\",\"request\":"u8);
            Request(analysis, request, buffer);
            Literal(buffer, ",\"tailSeconds\":"u8);
            Tail(request < 0 || analysis.RequestEndNs[request] == 0 ? 0 : row.TimestampNs - analysis.RequestEndNs[request], buffer);
            Literal(buffer, ",\"probableRequest\":"u8);
            Request(analysis, analysis.ProbableRequestOf[line], buffer);
            Literal(buffer, "}\n"u8);
        }
    }

    private static void Request(Analysis analysis, int request, ArrayBufferWriter<byte> buffer)
    {
        if (request < 0)
        {
            Literal(buffer, "null"u8);
        }
        else
        {
            Id(analysis.Table, analysis.Table.Requests[request].InsertId, buffer);
        }
    }

    /// <summary>Seconds with as many of nine decimals as there are; null when not after the end.</summary>
    private static void Tail(long ns, ArrayBufferWriter<byte> buffer)
    {
        if (ns <= 0)
        {
            Literal(buffer, "null"u8);
            return;
        }

        var span = buffer.GetSpan(LongestPlainLine);
        Utf8Formatter.TryFormat(ns / 1_000_000_000, span, out var written);
        var fraction = (int)(ns % 1_000_000_000);
        if (fraction != 0)
        {
            span[written++] = (byte)'.';
            for (var digit = 100_000_000; fraction != 0; digit /= 10)
            {
                span[written++] = (byte)('0' + (fraction / digit));
                fraction %= digit;
            }
        }

        buffer.Advance(written);
    }

    private static void Id(LogTable table, InsertId id, ArrayBufferWriter<byte> buffer)
    {
        if (id.IsSide)
        {
            Literal(buffer, "\""u8);
            Literal(buffer, JsonEncodedText.Encode(table.TextOf(id)).EncodedUtf8Bytes);
            Literal(buffer, "\""u8);
            return;
        }

        var span = buffer.GetSpan(32);
        span[0] = (byte)'"';
        Hex(id.Hex, span.Slice(1, 16));
        Hex(id.Tail, span.Slice(17, 8));
        span[25] = (byte)'"';
        buffer.Advance(26);
    }

    private static void Hex(ulong value, Span<byte> target)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = "0123456789abcdef"u8[(int)(value & 15)];
            value >>= 4;
        }
    }

    private static void Literal(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.GetSpan(text.Length));
        buffer.Advance(text.Length);
    }
}
