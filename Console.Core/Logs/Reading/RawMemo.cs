using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Remembers what an object meant by its bytes. <c>resource</c> and <c>labels</c> repeat byte for byte through a file: a
/// comparison of some hundred bytes replaces parsing and looking up. Direct-mapped: a newcomer takes the place of the old.
/// </summary>
internal sealed unsafe class RawMemo
{
    private const int Slots = 1024;
    private const int MaxLength = 1024;
    private readonly Slot[] _slots = new Slot[Slots];

    /// <summary>Whether the very bytes that begin here were seen before, how many they are, and what they mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(byte* p, out int length, out int value)
    {
        // An object's text ends where its brackets close, so equal bytes are an equal object.
        ref var slot = ref _slots[SlotOf(p)];
        length = slot.Length;
        value = slot.Value;
        return length > 0 && new ReadOnlySpan<byte>(p, length).SequenceEqual(new ReadOnlySpan<byte>(slot.Bytes, 0, length));
    }

    /// <summary>Remembers an object's bytes.</summary>
    public void Set(byte* p, long length, int value)
    {
        if (length > MaxLength)
        {
            return;
        }

        ref var slot = ref _slots[SlotOf(p)];
        if (slot.Bytes is null || slot.Bytes.Length < length)
        {
            slot.Bytes = new byte[(length + 127) & ~127L];
        }

        new ReadOnlySpan<byte>(p, (int)length).CopyTo(slot.Bytes);
        slot.Length = (int)length;
        slot.Value = value;
    }

    // Samples where names and instance ids differ. Reads up to 176 bytes on, which the padding allows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(byte* p)
    {
        const ulong prime = 0x9E37_79B9_7F4A_7C15;
        var a = (*(ulong*)(p + 24) ^ *(ulong*)(p + 72)) * prime;
        var b = (*(ulong*)(p + 48) ^ *(ulong*)(p + 120)) * prime;
        var c = (*(ulong*)(p + 96) + *(ulong*)(p + 168)) * prime;
        var mixed = a ^ (b >> 17) ^ (c >> 31) ^ (b << 11);
        return (int)(mixed >> 40) & (Slots - 1);
    }

    private struct Slot
    {
        public byte[]? Bytes;
        public int Length;
        public int Value;
    }
}
