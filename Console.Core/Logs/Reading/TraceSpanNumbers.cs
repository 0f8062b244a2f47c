using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Numbers the traces and spans of a block's lines from 1 on; 0 stands for neither. The lines of one request follow each other
/// closely, so that a small memory of the last ones finds nearly all that came before.
/// </summary>
internal sealed class TraceSpanNumbers
{
    private const int Slots = 1024;
    private readonly int[] _slots = new int[Slots];
    private TraceSpan[] _values = [];
    private int _count;

    /// <summary>All, in the order of their numbers.</summary>
    public ReadOnlySpan<TraceSpan> Values => _values.AsSpan(0, _count);

    /// <summary>The number of a pair, a new one if need be.</summary>
    [MethodImpl(Hot.Code)]
    public int NumberOf(in TraceSpan value)
    {
        const ulong prime = 0x9E37_79B9_7F4A_7C15;
        var hash = (value.TraceLow ^ (value.SpanId * prime)) * prime;
        ref var slot = ref _slots[(int)(hash >> 40) & (Slots - 1)];
        if (slot > 0 && _values[slot - 1] == value)
        {
            return slot;
        }

        if (_count == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(64, _count * 2));
        }

        _values[_count++] = value;
        return slot = _count;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        if (_count > 0)
        {
            _count = 0;
            Array.Clear(_slots);
        }
    }
}
