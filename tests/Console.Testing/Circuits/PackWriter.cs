using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Testing.Circuits;

/// <summary>Writes a message of a SignalR hub in MessagePack, and its length before it.</summary>
internal sealed class PackWriter
{
    private const int Invocation = 1;
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    /// <summary>An invocation, as a frame: https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md.</summary>
    /// <param name="id">Asks for an answer under this id; null for none.</param>
    /// <param name="target">Method of the hub.</param>
    /// <param name="arguments">Texts, whole numbers, truth values, nulls.</param>
    public static byte[] Invoke(string? id, string target, params ReadOnlySpan<object?> arguments)
    {
        var writer = new PackWriter();
        writer.Array(6);
        writer.Number(Invocation);
        writer.Raw(0x80); // no headers
        writer.Value(id);
        writer.Value(target);
        writer.Array(arguments.Length);
        foreach (var argument in arguments)
        {
            writer.Value(argument);
        }

        writer.Array(0); // no streams
        return writer.Frame();
    }

    /// <summary>The frame that keeps a connection.</summary>
    public static byte[] Ping() => [2, 0x91, 6];

    private void Value(object? value)
    {
        switch (value)
        {
            case null:
                Raw(0xc0);
                break;
            case bool flag:
                Raw(flag ? (byte)0xc3 : (byte)0xc2);
                break;
            case int number:
                Number(number);
                break;
            case long number:
                Number(number);
                break;
            case string text:
                Text(text);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is not sent to a hub.", nameof(value));
        }
    }

    private void Array(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 15);
        Raw((byte)(0x90 | count));
    }

    private void Number(long number)
    {
        if (number is >= 0 and <= 0x7f)
        {
            Raw((byte)number);
            return;
        }

        Raw(0xd3);
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(8), number);
        _bytes.Advance(8);
    }

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Raw(0xdb);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), length);
        _bytes.Advance(4);
        _bytes.Advance(Encoding.UTF8.GetBytes(text, _bytes.GetSpan(length)));
    }

    private void Raw(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    // The length, seven bits a byte, least significant first.
    private byte[] Frame()
    {
        Span<byte> head = stackalloc byte[5];
        var used = 0;
        var left = (uint)_bytes.WrittenCount;
        do
        {
            head[used++] = (byte)(left > 0x7f ? (left & 0x7f) | 0x80 : left);
            left >>= 7;
        }
        while (left > 0);
        return [.. head[..used], .. _bytes.WrittenSpan];
    }
}
