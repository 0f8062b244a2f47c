using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Numbers byte strings in the order of their first appearance, without a <see cref="string"/> for each look-up.</summary>
internal sealed class ByteTable
{
    private readonly List<byte[]> _values = [];
    private int[] _slots = new int[256];

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>A value by its number.</summary>
    public byte[] this[int number] => _values[number];

    /// <summary>The number of a value, a new one if need be.</summary>
    public int NumberOf(ReadOnlySpan<byte> value)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)Hash(value) & mask; ; slot = (slot + 1) & mask)
        {
            var number = _slots[slot] - 1;
            if (number < 0)
            {
                _values.Add(value.ToArray());
                _slots[slot] = _values.Count;
                if (_values.Count * 2 > _slots.Length)
                {
                    Grow();
                }

                return _values.Count - 1;
            }

            if (value.SequenceEqual(_values[number]))
            {
                return number;
            }
        }
    }

    internal static uint Hash(ReadOnlySpan<byte> value) => (uint)Hash64(value);

    internal static ulong Hash64(ReadOnlySpan<byte> value)
    {
        var hash = (ulong)value.Length * 0x9E37_79B9_7F4A_7C15;
        ref var at = ref MemoryMarshal.GetReference(value);
        var i = 0;
        for (; i + 8 <= value.Length; i += 8)
        {
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, i))) * 0x9E37_79B9_7F4A_7C15;
            hash ^= hash >> 32;
        }

        for (; i < value.Length; i++)
        {
            hash = (hash ^ value[i]) * 0x0000_0100_0000_01B3;
        }

        return hash ^ (hash >> 29);
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var number = 0; number < _values.Count; number++)
        {
            var slot = (int)Hash(_values[number]) & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = number + 1;
        }
    }
}
