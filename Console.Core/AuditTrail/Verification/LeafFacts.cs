using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Where the fields of one leaf stand in its bytes: read in one pass and without allocating, because a verification does it for every leaf.
/// <see cref="Leaves.LeafReader"/> is the reader for everything else, and stricter.
/// </summary>
internal sealed class LeafFacts
{
    private const int MaxDigests = 16;
    private readonly (int Start, int Length, bool Escaped)[] _slots = new (int Start, int Length, bool Escaped)[Enum.GetValues<LeafSlot>().Length];
    private readonly (int Start, int Length)[] _digests = new (int Start, int Length)[MaxDigests];
    private readonly (int Start, int Length)[] _digestNames = new (int Start, int Length)[MaxDigests];
    private readonly MicrosecondReader _times = new();

    /// <summary>What kind of leaf; <see cref="LeafType.None"/> when the bytes are none.</summary>
    public LeafType Type { get; private set; }

    /// <summary>Number in order of arrival, or the first of a range.</summary>
    public long Number { get; private set; }

    /// <summary>Last number of a range; else the number.</summary>
    public long LastNumber { get; private set; }

    /// <summary>When it was recorded, in microseconds.</summary>
    public long RecordedAt { get; private set; }

    /// <summary>When it happened, in microseconds; the recorded time for leaves that are no events.</summary>
    public long Time { get; private set; }

    /// <summary>Commitments of the leaf.</summary>
    public int Digests { get; private set; }

    /// <summary>Reads a leaf; false when it is none.</summary>
    public bool Read(ReadOnlySpan<byte> leaf)
    {
        Array.Clear(_slots);
        (Type, Digests, Number, LastNumber) = (LeafType.None, 0, -1, -1);
        try
        {
            if (!Walk(leaf))
            {
                return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        var type = Slice(leaf, LeafSlot.Type) switch
        {
            var t when t.SequenceEqual("event"u8) => LeafType.Event,
            var t when t.SequenceEqual("void"u8) => LeafType.Void,
            var t when t.SequenceEqual("missing"u8) => LeafType.Missing,
            _ => LeafType.None,
        };
        var isRead = type switch
        {
            LeafType.Void => Numbers(leaf, LeafSlot.From, LeafSlot.To),
            LeafType.None => false,
            _ => Numbers(leaf, LeafSlot.Number, LeafSlot.Number),
        };
        if (!isRead || !_times.TryRead(Slice(leaf, LeafSlot.RecordedAt), out var recordedAt))
        {
            return false;
        }

        (RecordedAt, Time) = (recordedAt, recordedAt);
        if (type == LeafType.Event)
        {
            if (!_times.TryRead(Slice(leaf, LeafSlot.Time), out var time))
            {
                return false;
            }

            Time = time;
        }

        Type = type;
        return true;
    }

    /// <summary>True when the leaf has the field.</summary>
    public bool Has(LeafSlot slot) => _slots[(int)slot].Length > 0;

    /// <summary>True when the field has this value; a field that is not there has no value, which is null.</summary>
    public bool Is(ReadOnlySpan<byte> leaf, LeafSlot slot, bool isNull, ReadOnlySpan<byte> value)
    {
        var (start, length, escaped) = _slots[(int)slot];
        if (start == 0)
        {
            return isNull;
        }

        return !isNull && (escaped ? Text(leaf, slot) is { } text && System.Text.Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(value) : leaf.Slice(start, length).SequenceEqual(value));
    }

    /// <summary>The field as text; null when it is not there.</summary>
    public string? Text(ReadOnlySpan<byte> leaf, LeafSlot slot)
    {
        var (start, length, escaped) = _slots[(int)slot];
        if (start == 0)
        {
            return null;
        }

        if (!escaped)
        {
            return System.Text.Encoding.UTF8.GetString(leaf.Slice(start, length));
        }

        var reader = new Utf8JsonReader(leaf.Slice(start - 1, length + 2));
        reader.Read();
        return reader.GetString();
    }

    /// <summary>A commitment: base64url of a SHA-256, 43 characters.</summary>
    public ReadOnlySpan<byte> Digest(ReadOnlySpan<byte> leaf, int i) => leaf.Slice(_digests[i].Start, _digests[i].Length);

    /// <summary>The field that it commits to.</summary>
    public string DigestName(ReadOnlySpan<byte> leaf, int i) => System.Text.Encoding.UTF8.GetString(leaf.Slice(_digestNames[i].Start, _digestNames[i].Length));

    private static LeafSlot? SlotOf(in Utf8JsonReader name, LeafSlot? parent) => parent switch
    {
        LeafSlot.Actor => name.ValueTextEquals("ref"u8) ? LeafSlot.ActorRef : name.ValueTextEquals("type"u8) ? LeafSlot.ActorType : null,
        LeafSlot.Resource => name.ValueTextEquals("id"u8) ? LeafSlot.ResourceId : name.ValueTextEquals("type"u8) ? LeafSlot.ResourceType : null,
        LeafSlot.Source => name.ValueTextEquals("service"u8) ? LeafSlot.SourceService : null,
        LeafSlot.Digests => null,
        _ => (name.ValueSpan.Length, name.ValueSpan.IsEmpty ? (byte)0 : name.ValueSpan[0]) switch
        {
            (6, (byte)'a') => LeafSlot.Action,
            (5, (byte)'a') => LeafSlot.Actor,
            (2, (byte)'i') => LeafSlot.Id,
            (7, (byte)'o') => LeafSlot.Outcome,
            (10, (byte)'r') => LeafSlot.RecordedAt,
            (8, (byte)'r') => LeafSlot.Resource,
            (2, (byte)'s') => LeafSlot.Digests,
            (3, (byte)'s') => LeafSlot.Number,
            (6, (byte)'s') when name.ValueTextEquals("source"u8) => LeafSlot.Source,
            (4, (byte)'t') when name.ValueTextEquals("time"u8) => LeafSlot.Time,
            (4, (byte)'t') => LeafSlot.Type,
            (7, (byte)'t') => LeafSlot.TraceId,
            (3, (byte)'v') => LeafSlot.Via,
            (9, (byte)'w') => LeafSlot.Workspace,
            (4, (byte)'f') => LeafSlot.From,
            (2, (byte)'t') => LeafSlot.To,
            _ => null,
        },
    };

    private ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> leaf, LeafSlot slot) => leaf.Slice(_slots[(int)slot].Start, _slots[(int)slot].Length);

    private bool Numbers(ReadOnlySpan<byte> leaf, LeafSlot first, LeafSlot last)
    {
        if (!System.Buffers.Text.Utf8Parser.TryParse(Slice(leaf, first), out long from, out var used) || used != _slots[(int)first].Length
            || !System.Buffers.Text.Utf8Parser.TryParse(Slice(leaf, last), out long to, out used) || used != _slots[(int)last].Length)
        {
            return false;
        }

        (Number, LastNumber) = (from, to);
        return true;
    }

    private bool Walk(ReadOnlySpan<byte> leaf)
    {
        var reader = new Utf8JsonReader(leaf);
        LeafSlot? parent = null;
        LeafSlot? slot = null;
        var name = (Start: 0, Length: 0);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    slot = SlotOf(reader, parent);
                    name = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                    break;
                case JsonTokenType.StartObject:
                    if (reader.CurrentDepth > 1)
                    {
                        return false;
                    }

                    parent = reader.CurrentDepth == 0 ? null : slot;
                    break;
                case JsonTokenType.EndObject:
                    parent = null;
                    break;
                case JsonTokenType.String:
                    if (parent == LeafSlot.Digests)
                    {
                        if (Digests == MaxDigests)
                        {
                            return false;
                        }

                        _digestNames[Digests] = name;
                        _digests[Digests++] = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                    }
                    else if (slot is { } known)
                    {
                        _slots[(int)known] = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
                    }

                    break;
                default:
                    break;
            }
        }

        return true;
    }
}
