namespace OpsConsole.Core.Logs.Reading;

/// <summary>What makes two entries one: log name, timestamp and insertId (google.logging.v2.LogEntry, insert_id).</summary>
internal readonly record struct EntryKey(long TimestampNs, ulong Id, uint Tail, int Log)
{
    private const int RequestLog = 16;

    public static EntryKey Of(in RequestRow row, SideIds sides) => Of(row.TimestampNs, row.InsertId, RequestLog, row.Revision, sides);

    public static EntryKey Of(in LineRow row, SideIds sides) => Of(row.TimestampNs, row.InsertId, (int)row.Kind, row.Revision, sides);

    // The revision stands for the project inside of the log name. An id of another shape goes by its hash; an entry
    // without one is like no other.
    private static EntryKey Of(long timestampNs, InsertId id, int log, int revision, SideIds sides)
    {
        log |= revision << 5;
        if (!id.IsSide)
        {
            return new EntryKey(timestampNs, id.Hex, id.Tail, log);
        }

        var bytes = sides.BytesOf((int)(id.Hex & int.MaxValue));
        return bytes.Length == 0
            ? new EntryKey(timestampNs, id.Hex, 0, log)
            : new EntryKey(timestampNs, ByteTable.Hash64(bytes) | (1UL << 63), (uint)bytes.Length, log);
    }
}
