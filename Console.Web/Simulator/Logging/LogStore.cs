using System.Globalization;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>
/// The simulated project's log entries, in time order. Old entries are dropped after <see cref="Retention"/>:
/// a demo that runs for a week must not eat the machine.
/// </summary>
public sealed class LogStore(TimeProvider time)
{
    private static readonly Comparer<LogRecord> Order = Comparer<LogRecord>.Create(LogRecord.Compare);

    /// <summary>Audit entries are in the bucket <c>_Required</c>, which keeps them for 400 days whatever the rest does.</summary>
    private static readonly TimeSpan AuditRetention = TimeSpan.FromDays(400);

    private readonly Lock gate = new();
    private readonly List<LogRecord> records = [];
    private long written;

    /// <summary>Entries older than this are dropped. Cloud Logging's default is 30 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How many entries are kept, visible or not yet.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return records.Count;
            }
        }
    }

    /// <summary>
    /// Adds one LogEntry. <c>logName</c> is required; <c>timestamp</c>, <c>receiveTimestamp</c> (now) and <c>insertId</c> are filled in when absent.
    /// An entry with the log, timestamp and insertId of a stored one replaces it.
    /// </summary>
    /// <exception cref="FormatException">A field has no legal value.</exception>
    public void Write(JsonObject entry) => Write(LogRecordReader.Read(entry, EntryTime.FromDateTimeOffset(time.GetUtcNow()), NewInsertId));

    internal void Write(LogRecord record)
    {
        lock (gate)
        {
            Insert(record);
            if (++written % 4096 == 0)
            {
                Trim();
            }
        }
    }

    /// <summary>Adds many entries in any order: one sort instead of one search each.</summary>
    internal void WriteMany(IEnumerable<LogRecord> many)
    {
        lock (gate)
        {
            records.AddRange(many);
            records.Sort(LogRecord.Compare);
        }
    }

    /// <summary>
    /// Visits entries in order from a position, until the visitor says stop. The store is locked meanwhile: visitors must be quick.
    /// </summary>
    /// <param name="from">First timestamp, inclusive, in nanoseconds.</param>
    /// <param name="to">Last timestamp, inclusive, in nanoseconds.</param>
    /// <param name="newestFirst">Walks backwards.</param>
    /// <param name="visit">Returns false to stop.</param>
    internal void Visit(long from, long to, bool newestFirst, Func<LogRecord, bool> visit)
    {
        lock (gate)
        {
            var first = FirstNotBefore(from);
            var end = to == long.MaxValue ? records.Count : FirstNotBefore(to + 1);
            for (var i = 0; i < end - first; i++)
            {
                if (!visit(records[newestFirst ? end - 1 - i : first + i]))
                {
                    return;
                }
            }
        }
    }

    private void Insert(LogRecord record)
    {
        var index = records.BinarySearch(record, Order);
        if (index >= 0)
        {
            records[index] = record;
            return;
        }

        records.Insert(~index, record);
    }

    private int FirstNotBefore(long timestamp)
    {
        var (low, high) = (0, records.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = records[middle].Timestamp < timestamp ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Trim()
    {
        var old = FirstNotBefore(EntryTime.FromDateTimeOffset(time.GetUtcNow() - Retention));
        var audit = FirstNotBefore(EntryTime.FromDateTimeOffset(time.GetUtcNow() - AuditRetention));
        var kept = records.GetRange(audit, old - audit).FindAll(static r => r.LogName.Contains("/logs/cloudaudit.googleapis.com", StringComparison.Ordinal));
        if (kept.Count < old)
        {
            records.RemoveRange(0, old);
            records.InsertRange(0, kept);
        }
    }

    internal string NewInsertId() =>
        // Audit entries and written entries have short ids of another shape than Cloud Run's own.
        "w" + Interlocked.Increment(ref written).ToString("x8", CultureInfo.InvariantCulture);
}
