using System.Buffers;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>
/// Memory for many short pieces that come and go together, from the shared pool: a batch of leaves would else be so many arrays that live just long enough
/// for the garbage collector to move them. Not for two threads at once.
/// </summary>
internal sealed class ByteStore : IDisposable
{
    private const int ChunkSize = 1 << 20;
    private readonly List<byte[]> _chunks = [];
    private int _used;

    /// <summary>A copy that lives until this is disposed of.</summary>
    public Memory<byte> Add(ReadOnlySpan<byte> bytes)
    {
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < bytes.Length)
        {
            _chunks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(ChunkSize, bytes.Length)));
            _used = 0;
        }

        var memory = _chunks[^1].AsMemory(_used, bytes.Length);
        bytes.CopyTo(memory.Span);
        _used += bytes.Length;
        return memory;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _chunks.Clear();
    }
}
