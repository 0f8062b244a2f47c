namespace OpsConsole.Core.Logs.Reading;

/// <summary>Entries of a live window, each in its own memory; an offset is an entry's number.</summary>
internal sealed class EntryList(IReadOnlyList<ReadOnlyMemory<byte>> entries) : ILogSource
{
    public ReadOnlyMemory<byte> ReadEntry(long offset) => entries[(int)offset];

    public void Dispose()
    {
    }
}
