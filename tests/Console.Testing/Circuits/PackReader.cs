using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Testing.Circuits;

/// <summary>Reads the MessagePack that a SignalR hub sends (https://github.com/msgpack/msgpack/blob/master/spec.md): what Blazor uses of it, and no more.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where it stands.</summary>
    public int At { get; private set; }

    /// <summary>The head of an array: how many items follow.</summary>
    public int Array()
    {
        var head = _bytes[At++];
        return head switch
        {
            >= 0x90 and <= 0x9f => head & 0x0f,
            0xdc => Big(2),
            0xdd => Big(4),
            _ => throw new FormatException($"An array was expected and 0x{head:x2} came."),
        };
    }

    /// <summary>A whole number.</summary>
    public long Number()
    {
        var head = _bytes[At++];
        return head switch
        {
            <= 0x7f => head,
            >= 0xe0 => (sbyte)head,
            0xcc => Take(1)[0],
            0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0xcf => checked((long)BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
            0xd0 => (sbyte)Take(1)[0],
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw new FormatException($"A number was expected and 0x{head:x2} came."),
        };
    }

    /// <summary>True or false.</summary>
    public bool Flag() => _bytes[At++] switch
    {
        0xc2 => false,
        0xc3 => true,
        var head => throw new FormatException($"A truth value was expected and 0x{head:x2} came."),
    };

    /// <summary>A text, or null.</summary>
    public string? Text()
    {
        var head = _bytes[At++];
        return head switch
        {
            0xc0 => null,
            >= 0xa0 and <= 0xbf => Encoding.UTF8.GetString(Take(head & 0x1f)),
            0xd9 => Encoding.UTF8.GetString(Take(Big(1))),
            0xda => Encoding.UTF8.GetString(Take(Big(2))),
            0xdb => Encoding.UTF8.GetString(Take(Big(4))),
            _ => throw new FormatException($"A text was expected and 0x{head:x2} came."),
        };
    }

    /// <summary>Bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var head = _bytes[At++];
        return head switch
        {
            0xc4 => Take(Big(1)),
            0xc5 => Take(Big(2)),
            0xc6 => Take(Big(4)),
            _ => throw new FormatException($"Bytes were expected and 0x{head:x2} came."),
        };
    }

    /// <summary>Passes over one value of any kind.</summary>
    public void Skip()
    {
        var head = _bytes[At++];
        switch (head)
        {
            case <= 0x7f or >= 0xe0 or 0xc0 or 0xc2 or 0xc3:
                break;
            case <= 0x8f:
                SkipMany(2 * (head & 0x0f));
                break;
            case <= 0x9f:
                SkipMany(head & 0x0f);
                break;
            case <= 0xbf:
                Take(head & 0x1f);
                break;
            case 0xc4 or 0xd9:
                Take(Big(1));
                break;
            case 0xc5 or 0xda:
                Take(Big(2));
                break;
            case 0xc6 or 0xdb:
                Take(Big(4));
                break;
            case 0xcc or 0xd0:
                Take(1);
                break;
            case 0xcd or 0xd1:
                Take(2);
                break;
            case 0xca or 0xce or 0xd2:
                Take(4);
                break;
            case 0xcb or 0xcf or 0xd3:
                Take(8);
                break;
            case 0xdc:
                SkipMany(Big(2));
                break;
            case 0xdd:
                SkipMany(Big(4));
                break;
            case 0xde:
                SkipMany(2 * Big(2));
                break;
            default:
                throw new FormatException($"0x{head:x2} is not expected of a hub.");
        }
    }

    private void SkipMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Skip();
        }
    }

    private int Big(int size)
    {
        var taken = Take(size);
        return size switch { 1 => taken[0], 2 => BinaryPrimitives.ReadUInt16BigEndian(taken), _ => BinaryPrimitives.ReadInt32BigEndian(taken) };
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _bytes.Slice(At, count);
        At += count;
        return taken;
    }
}
