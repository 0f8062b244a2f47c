namespace OpsConsole.Core.Logs;

/// <summary>Builds a <see cref="LogTable"/> entry by entry, for live windows and tests. Not thread-safe.</summary>
public sealed class LogTableBuilder
{
    /// <summary>Adds one entry: a JSON object in UTF-8, as entries:list gives it. The memory is kept, not copied.</summary>
    public void Add(ReadOnlyMemory<byte> entryJson) => throw new NotSupportedException();

    /// <summary>Makes the table. The builder is used up.</summary>
    public LogTable Build() => throw new NotSupportedException();
}
