using System.Runtime.InteropServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>A stretch of a source that begins and ends between entries, in a buffer that is used again.</summary>
internal sealed unsafe class Block : IDisposable
{
    public Block(int capacity)
    {
        Memory = (byte*)NativeMemory.Alloc((nuint)(capacity + JsonScan.Padding));
        Capacity = capacity;
    }

    /// <summary>The buffer.</summary>
    public byte* Memory { get; private set; }

    /// <summary>Bytes it holds, without the padding.</summary>
    public int Capacity { get; private set; }

    /// <summary>Bytes that are input.</summary>
    public int Length { get; private set; }

    /// <summary>Place among all blocks of the run.</summary>
    public int Number { get; set; }

    /// <summary>Number of the source.</summary>
    public int Source { get; set; }

    /// <summary>Where it begins in the source.</summary>
    public long Offset { get; set; }

    /// <summary>Column at which entries begin in this source, or -1.</summary>
    public int Column { get; set; }

    /// <summary>The whole buffer.</summary>
    public Span<byte> Span => new(Memory, Capacity);

    /// <summary>Sets the length and the zero bytes that must follow it.</summary>
    public void End(int length)
    {
        Length = length;
        new Span<byte>(Memory + length, JsonScan.Padding).Clear();
    }

    /// <summary>Makes it larger and keeps what it holds.</summary>
    public void Grow(int capacity)
    {
        Memory = (byte*)NativeMemory.Realloc(Memory, (nuint)(capacity + JsonScan.Padding));
        Capacity = capacity;
    }

    public void Dispose()
    {
        NativeMemory.Free(Memory);
        Memory = null;
    }
}
