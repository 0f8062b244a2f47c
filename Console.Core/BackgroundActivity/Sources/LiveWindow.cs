using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>
/// The entries of a sliding window in memory: each once, however often overlapping reads bring it; the oldest go when the
/// window moves on or the cap is reached. Not thread-safe.
/// </summary>
internal sealed class LiveWindow(long maxBytes)
{
    private readonly HashSet<UInt128> _keys = [];
    private List<KeptEntry> _entries = [];

    /// <summary>How many entries are kept.</summary>
    public int Count => _entries.Count;

    /// <summary>What they cost.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where the cap cut the window; null when it did not.</summary>
    public DateTimeOffset? CutAt { get; private set; }

    /// <summary>Latest receiveTimestamp seen; null before the first entry.</summary>
    public DateTimeOffset? LastReceived { get; private set; }

    /// <summary>Adds the entries that are new; says how many those were.</summary>
    public int Add(IEnumerable<LogEntry> entries)
    {
        var added = 0;
        foreach (var entry in entries)
        {
            var received = entry.ReceiveTimestamp ?? entry.Timestamp;
            if (LastReceived is not { } last || received > last)
            {
                LastReceived = received;
            }

            var isRequest = entry.LogName.EndsWith("run.googleapis.com%2Frequests", StringComparison.Ordinal);
            if ((isRequest ? received : entry.Timestamp) < CutAt || !_keys.Add(KeyOf(entry)))
            {
                continue;
            }

            // A copy: the entry's bytes are a slice of a whole answer, which would stay in memory for its last entry.
            var kept = new KeptEntry(KeyOf(entry), entry.Timestamp, received, isRequest, entry.RawJson.ToArray());
            _entries.Add(kept);
            Bytes += kept.Cost;
            added++;
        }

        return added;
    }

    /// <summary>Drops what lies before a time, and the oldest while the cap is exceeded. True when something went.</summary>
    public bool Trim(DateTimeOffset from)
    {
        var cut = from;
        if (Bytes > maxBytes)
        {
            // To nine tenths, so that the next entry does not trim again.
            var surplus = Bytes - (maxBytes / 10 * 9);
            foreach (var entry in _entries.OrderBy(static e => e.Reaches))
            {
                if (surplus <= 0)
                {
                    cut = entry.Reaches > cut ? entry.Reaches : cut;
                    break;
                }

                surplus -= entry.Cost;
            }

            CutAt = cut;
        }

        if (CutAt <= from)
        {
            CutAt = null;
        }

        if (!_entries.Exists(e => e.Reaches < cut))
        {
            return false;
        }

        List<KeptEntry> rest = new(_entries.Count);
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Reaches >= cut)
            {
                rest.Add(entry);
            }
            else
            {
                _keys.Remove(entry.Key);
                Bytes -= entry.Cost;
            }
        }

        _entries = rest;
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _entries = [];
        _keys.Clear();
        (Bytes, CutAt, LastReceived) = (0, null, null);
    }

    /// <summary>The entries that an analysis may use: lines from a time up to another, and all requests that reach into it.</summary>
    /// <param name="from">Everything since then has been read.</param>
    /// <param name="until">Newer lines wait: their requests may not have been written yet.</param>
    public IReadOnlyList<KeptEntry> Between(DateTimeOffset from, DateTimeOffset until) =>
        [.. _entries.Where(e => e.Reaches >= from && (e.IsRequest || e.Timestamp <= until))];

    /// <summary>True when lines newer than one time and not newer than another are kept.</summary>
    public bool HasLinesBetween(DateTimeOffset after, DateTimeOffset until) =>
        _entries.Exists(e => !e.IsRequest && e.Timestamp > after && e.Timestamp <= until);

    // "logName + timestamp + insertId" is what Cloud Logging itself de-duplicates by. The log's id without the project would do,
    // but entries can be routed from other projects.
    private static UInt128 KeyOf(LogEntry entry)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.LogName}\n{entry.Timestamp.UtcTicks:x}\n{entry.InsertId}"), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
