using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Reads one log entry after another from UTF-8 JSON into rows, with no string and no tree. It walks an entry's own keys in
/// whatever order they come, jumps over values that nothing needs, and remembers <c>resource</c> and <c>labels</c> by their bytes.
/// Strict about the entry's own structure, lenient inside of what it jumps over. Instances, revisions and side ids get numbers of
/// this parser's own, which the table's builder maps to the table's. Not thread-safe.
/// </summary>
internal sealed unsafe partial class EntryParser
{
    private readonly RawMemo _resources = new();
    private readonly RawMemo _labels = new();
    private readonly ByteTable _instances = new();
    private readonly ByteTable _revisions = new();
    private readonly List<byte[]> _unescaped = [];

    private byte* _end;
    private int _column = -1;

    private JsonText _insertId;
    private JsonText _logName;
    private JsonText _trace;
    private JsonText _spanId;
    private JsonText _textPayload;
    private JsonText _jsonPayload;
    private long _timestampNs;
    private JsonText _receive;
    private ulong _minuteDate;
    private ulong _minuteTime;
    private long _minuteNs = -1;
    private int _instance;
    private int _resource;
    private byte _severity;
    private bool _seen;
    private bool _hasHttpRequest;
    private HttpFields _http;

    /// <summary>Set after a request entry.</summary>
    public RequestRow Request;

    /// <summary>Set after a line.</summary>
    public LineRow Line;

    /// <summary>Instance ids by this parser's numbers.</summary>
    public ByteTable Instances => _instances;

    /// <summary>Revisions by this parser's numbers: project, location, service and revision, each ended by a zero byte.</summary>
    public ByteTable Revisions => _revisions;

    /// <summary>Where side ids of the current block go.</summary>
    public SideIds SideIds { get; set; } = new();

    /// <summary>Where traces and spans of the current block's lines go.</summary>
    public TraceSpanNumbers TraceSpans { get; set; } = new();

    /// <summary>Whether the last piece had a member that only log entries have, up to where it was read.</summary>
    public bool LooksLikeEntry => _seen;

    /// <summary>Why the last piece was <see cref="EntryKind.Broken"/>.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Reads the object that begins at <paramref name="p"/>.</summary>
    /// <param name="p">An opening brace.</param>
    /// <param name="end">End of the buffer; <see cref="JsonScan.Padding"/> zero bytes follow.</param>
    /// <param name="column">Blanks before an entry's brace at the beginning of a line, or -1; see <see cref="JsonScan.BeginsEntry"/>.</param>
    /// <param name="next">The byte after the object; null when its structure is broken.</param>
    [MethodImpl(Hot.Code)]
    public EntryKind Parse(byte* p, byte* end, int column, out byte* next)
    {
        _end = end;
        _column = column;
        Reset();
        next = Members(p + 1);
        return next == null ? EntryKind.Broken : Resolve();
    }

    private void Reset()
    {
        _insertId = default;
        _logName = default;
        _trace = default;
        _spanId = default;
        _textPayload = default;
        _jsonPayload = default;
        _timestampNs = -1;
        _receive = default;
        _instance = -1;
        _resource = ResourceAbsent;
        _severity = 0;
        _seen = false;
        _hasHttpRequest = false;
        if (_unescaped.Count > 0)
        {
            _unescaped.Clear();
        }
    }

    [MethodImpl(Hot.Code)]
    private byte* Members(byte* p)
    {
        p = Space(p);
        if (*p == '}')
        {
            return p + 1;
        }

        while (true)
        {
            p = Key(p, out var key, out var length);
            if (p == null)
            {
                return null;
            }

            p = Member(key, length, p);
            if (p == null)
            {
                return Broken("a value is broken or cut off");
            }

            p = Space(p);
            if (*p == ',')
            {
                p = Space(p + 1);
                continue;
            }

            return *p == '}' && p < _end ? p + 1 : Broken(p >= _end ? "cut off" : "a comma or a closing brace is missing");
        }
    }

    [MethodImpl(Hot.Code)]
    private byte* Member(byte* key, int length, byte* p)
    {
        var name = new ReadOnlySpan<byte>(key, length);
        switch (length)
        {
            case 5 when name.SequenceEqual("trace"u8):
                return Text(p, out _trace);

            case 6 when name.SequenceEqual("spanId"u8):
                return Text(p, out _spanId);

            case 6 when name.SequenceEqual("labels"u8):
                return Labels(p);

            case 7 when name.SequenceEqual("logName"u8):
                _seen = true;
                return Text(p, out _logName);

            case 8 when name.SequenceEqual("insertId"u8):
                _seen = true;
                return Text(p, out _insertId);

            case 8 when name.SequenceEqual("resource"u8):
                _seen = true;
                return Resource(p);

            case 8 when name.SequenceEqual("severity"u8):
                p = Text(p, out var severity);
                _severity = Severities.Parse(severity.Span);
                return p;

            case 9 when name.SequenceEqual("timestamp"u8):
                _seen = true;
                return Time(p, out _timestampNs);

            case 11 when name.SequenceEqual("textPayload"u8):
                return RawText(p, out _textPayload);

            case 11 when name.SequenceEqual("jsonPayload"u8):
                return RawValue(p, out _jsonPayload);

            case 11 when name.SequenceEqual("httpRequest"u8):
                return HttpRequest(p);

            case 16 when name.SequenceEqual("receiveTimestamp"u8):
                return Text(p, out _receive);

            default:
                return Skip(p);
        }
    }

    /// <summary>Reads a key and the colon after it; <paramref name="key"/> is unescaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Key(byte* p, out byte* key, out int length)
    {
        key = p + 1;
        var v = Vector256.Load(key);
        var quotes = Vector256.Equals(v, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        length = BitOperations.TrailingZeroCount(quotes);
        var unusual = (Vector256.Equals(v, Vector256.Create((byte)'\\')) | Vector256.LessThan(v, Vector256.Create((byte)' ')))
            .ExtractMostSignificantBits();
        if (*p != '"' || quotes == 0 || (unusual & ((1u << length) - 1)) != 0)
        {
            p = RareKey(p, out key, out length);
            if (p == null)
            {
                return null;
            }
        }
        else
        {
            p = key + length + 1;
        }

        if (*p != ':')
        {
            p = Space(p);
            if (*p != ':')
            {
                return Broken(p >= _end ? "cut off" : "a colon is missing");
            }
        }

        return Space(p + 1);
    }

    private byte* RareKey(byte* p, out byte* key, out int length)
    {
        key = null;
        length = 0;
        if (*p != '"')
        {
            return Broken(p >= _end ? "cut off" : "a key is missing");
        }

        p = Text(p, out var text);
        if (p == null)
        {
            return Broken("a key is broken or cut off");
        }

        key = text.Start;
        length = text.Length;
        return p;
    }

    /// <summary>
    /// Over white space. Where a line begins a new entry, this one was cut off: the buffer's end is returned, which no caller
    /// takes for anything.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Space(byte* p) => *p > ' ' ? p : SpaceRun(p);

    [MethodImpl(Hot.Code)]
    private byte* SpaceRun(byte* p)
    {
        while (true)
        {
            switch (*p)
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    p++;
                    break;
                case (byte)'\n':
                    p++;
                    if (_column >= 0 && JsonScan.BeginsEntry(p, _column))
                    {
                        return _end;
                    }

                    break;
                default:
                    return p;
            }
        }
    }

    /// <summary>A string with its escapes undone; anything else is jumped over and leaves no text. Null when broken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Text(byte* p, out JsonText text)
    {
        p = RawText(p, out text);
        if (text.Escaped)
        {
            Unescape(ref text);
        }

        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* RawText(byte* p, out JsonText text)
    {
        text = default;
        if (*p != '"')
        {
            return Skip(p);
        }

        p++;
        var start = p;
        p = JsonScan.StringStop(p);
        if (*p != '"')
        {
            text.Escaped = true;
            p = JsonScan.SkipStringTail(p);
            if (p == null)
            {
                return null;
            }
        }

        text.Start = start;
        text.Length = (int)(p - start);
        return p + 1;
    }

    [MethodImpl(Hot.Code)]
    private byte* RawValue(byte* p, out JsonText text)
    {
        text = default;
        var next = Skip(p);
        if (next != null)
        {
            text.Start = p;
            text.Length = (int)(next - p);
        }

        return next;
    }

    private void Unescape(ref JsonText text)
    {
        var target = GC.AllocateUninitializedArray<byte>(text.Length + 8, pinned: true);
        var length = JsonText.Unescape(text.Span, target);
        _unescaped.Add(target);
        text = new JsonText { Start = (byte*)Unsafe.AsPointer(ref target[0]), Length = length };
    }

    [MethodImpl(Hot.Code)]
    private byte* Time(byte* p, out long nanoseconds)
    {
        p = Text(p, out var text);
        nanoseconds = TimeOf(text);
        return p;
    }

    /// <summary>Nanoseconds, or -1. Most times share their minute, <c>2026-03-12T06:42</c>, with the one before.</summary>
    [MethodImpl(Hot.Code)]
    private long TimeOf(in JsonText text)
    {
        if (text.Length < 20)
        {
            return -1;
        }

        var date = *(ulong*)text.Start;
        var time = *(ulong*)(text.Start + 8);
        if (date == _minuteDate && time == _minuteTime && _minuteNs >= 0
            && TimeText.TryWithinMinute(new ReadOnlySpan<byte>(text.Start + 16, text.Length - 16), out var nanoseconds))
        {
            return _minuteNs + nanoseconds;
        }

        if (!TimeText.TryTimestamp(text.Span, out nanoseconds))
        {
            return -1;
        }

        if (text.Start[text.Length - 1] == 'Z')
        {
            _minuteDate = date;
            _minuteTime = time;
            _minuteNs = nanoseconds - (nanoseconds % 60_000_000_000);
        }

        return nanoseconds;
    }

    [MethodImpl(Hot.Code)]
    private byte* Skip(byte* p)
    {
        switch (*p)
        {
            case (byte)'"':
                return JsonScan.SkipString(p);
            case (byte)'{' or (byte)'[':
                return p < _end ? JsonScan.SkipContainer(p, _end, _column) : null;
            default:
                // Numbers and literals: not checked further.
                var start = p;
                while (*p is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'z' or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'E')
                {
                    p++;
                }

                return p > start && p <= _end ? p : null;
        }
    }

    private byte* Broken(string reason)
    {
        Reason = reason;
        return null;
    }
}
