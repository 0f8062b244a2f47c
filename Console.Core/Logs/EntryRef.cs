namespace OpsConsole.Core.Logs;

/// <summary>Where an entry stands: the number of its source in the high 16 bits, the byte offset in the low 48.</summary>
/// <param name="Value">Both parts.</param>
public readonly record struct EntryRef(long Value)
{
    /// <summary>Number of the source in <see cref="LogTable"/>.</summary>
    public int Source => (int)((ulong)Value >> 48);

    /// <summary>Byte offset of the entry's opening brace in the source's UTF-8 form.</summary>
    public long Offset => Value & 0xFFFF_FFFF_FFFF;

    /// <summary>Joins both parts.</summary>
    public static EntryRef Of(int source, long offset) => new(((long)source << 48) | offset);
}
