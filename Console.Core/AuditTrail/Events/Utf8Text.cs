using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Runtime.InteropServices;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>
/// A growing buffer of UTF-8 that is used again and again, with the few things that events and leaves are written from.
/// Strings are escaped as RFC 8785, section 3.2.2.2 says; <see cref="Utf8JsonWriter"/> cannot (it escapes more, in other letters).
/// </summary>
internal sealed class Utf8Text(int capacity = 1024)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(static c => (char)c)));

    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public byte[] ToArray() => Span.ToArray();

    public void Clear() => Length = 0;

    /// <summary>Room for that many bytes, already counted as written.</summary>
    public Span<byte> Take(int count)
    {
        Ensure(count);
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    public Utf8Text Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Take(bytes.Length));
        return this;
    }

    public Utf8Text Number(long value)
    {
        Ensure(20);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out var written);
        Length += written;
        return this;
    }

    public Utf8Text Time(DateTimeOffset time)
    {
        var span = Take(AuditTime.Length + 2);
        span[0] = span[^1] = (byte)'"';
        AuditTime.Write(time, span[1..^1]);
        return this;
    }

    /// <summary>A string with its quotes.</summary>
    public Utf8Text String(ReadOnlySpan<char> text)
    {
        // At most six bytes a character: \u001f.
        Ensure((text.Length * 6) + 2);
        _bytes[Length++] = (byte)'"';
        while (true)
        {
            var at = text.IndexOfAny(Escaped);
            var plain = at < 0 ? text : text[..at];
            Length += Encoding.UTF8.GetBytes(plain, _bytes.AsSpan(Length));
            if (at < 0)
            {
                break;
            }

            Escape(text[at]);
            text = text[(at + 1)..];
        }

        _bytes[Length++] = (byte)'"';
        return this;
    }

    /// <summary>Bytes as unpadded base64url.</summary>
    public Utf8Text Base64Url(ReadOnlySpan<byte> bytes)
    {
        System.Buffers.Text.Base64Url.EncodeToUtf8(bytes, Take(System.Buffers.Text.Base64Url.GetEncodedLength(bytes.Length)), out _, out _);
        return this;
    }

    /// <summary>A value as it was spelled, without the white space between its parts.</summary>
    public Utf8Text Minified(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        Ensure(raw.Length);
        var inString = false;
        for (var i = 0; i < raw.Length; i++)
        {
            var b = raw[i];
            if (inString)
            {
                _bytes[Length++] = b;
                if (b == '\\')
                {
                    _bytes[Length++] = raw[++i];
                }
                else if (b == '"')
                {
                    inString = false;
                }
            }
            else if (b is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                _bytes[Length++] = b;
                inString = b == '"';
            }
        }

        return this;
    }

    /// <summary>
    /// A value in one spelling whatever the order of its properties and the escapes of its strings were, so that content can be compared.
    /// Numbers keep their digits: 9007199254740993 has no exact double.
    /// </summary>
    public Utf8Text Sorted(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Raw("{"u8);
                var first = true;
                foreach (var property in value.EnumerateObject().OrderBy(static p => p.Name, StringComparer.Ordinal))
                {
                    Raw(first ? ""u8 : ","u8).String(property.Name).Raw(":"u8).Sorted(property.Value);
                    first = false;
                }

                return Raw("}"u8);
            case JsonValueKind.Array:
                Raw("["u8);
                var head = true;
                foreach (var item in value.EnumerateArray())
                {
                    Raw(head ? ""u8 : ","u8).Sorted(item);
                    head = false;
                }

                return Raw("]"u8);
            case JsonValueKind.String:
                return String(value.GetString());
            default:
                return Raw(JsonMarshal.GetRawUtf8Value(value));
        }
    }

    private void Escape(char c)
    {
        _bytes[Length++] = (byte)'\\';
        switch (c)
        {
            case '"' or '\\':
                _bytes[Length++] = (byte)c;
                break;
            case '\b':
                _bytes[Length++] = (byte)'b';
                break;
            case '\t':
                _bytes[Length++] = (byte)'t';
                break;
            case '\n':
                _bytes[Length++] = (byte)'n';
                break;
            case '\f':
                _bytes[Length++] = (byte)'f';
                break;
            case '\r':
                _bytes[Length++] = (byte)'r';
                break;
            default:
                "u00"u8.CopyTo(_bytes.AsSpan(Length));
                _bytes[Length + 3] = (byte)('0' + (c >> 4));
                _bytes[Length + 4] = (byte)"0123456789abcdef"[c & 15];
                Length += 5;
                break;
        }
    }

    private void Ensure(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }
    }
}
