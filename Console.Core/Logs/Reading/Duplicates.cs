using System.Numerics;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Finds entries that were read twice. Two bit sets of sixteen bits a row tell, in one pass, the few rows whose key may have a twin;
/// only those go into a set. Cloud Logging calls entries one when log name, timestamp and insertId are equal.
/// </summary>
internal static class Duplicates
{
    /// <summary>Removes all but the first of each and returns how many were removed.</summary>
    internal static int Remove(RowStore<RequestRow> requests, RowStore<LineRow> lines, SideIds sides)
    {
        var rows = (ulong)requests.Count + (ulong)lines.Count;
        var words = (int)Math.Min(1 << 28, Math.Max(1, BitOperations.RoundUpToPowerOf2(rows * 16) >> 6));
        var seen = new ulong[words];
        var twice = new ulong[words];
        for (var i = 0; i < requests.Count; i++)
        {
            Mark(seen, twice, HashOf(EntryKey.Of(requests[i], sides)));
        }

        for (var i = 0; i < lines.Count; i++)
        {
            Mark(seen, twice, HashOf(EntryKey.Of(lines[i], sides)));
        }

        var keys = new HashSet<EntryKey>();
        var removed = new List<int>();
        for (var i = 0; i < requests.Count; i++)
        {
            Check(twice, EntryKey.Of(requests[i], sides), i, keys, removed);
        }

        requests.Remove(removed);
        var count = removed.Count;
        removed.Clear();
        for (var i = 0; i < lines.Count; i++)
        {
            Check(twice, EntryKey.Of(lines[i], sides), i, keys, removed);
        }

        lines.Remove(removed);
        return count + removed.Count;
    }

    private static void Mark(ulong[] seen, ulong[] twice, ulong hash)
    {
        var word = (hash >> 6) & (ulong)(seen.Length - 1);
        var bit = 1UL << (int)(hash & 63);
        if ((seen[word] & bit) == 0)
        {
            seen[word] |= bit;
        }
        else
        {
            twice[word] |= bit;
        }
    }

    private static void Check(ulong[] twice, EntryKey key, int row, HashSet<EntryKey> keys, List<int> removed)
    {
        var hash = HashOf(key);
        if ((twice[(hash >> 6) & (ulong)(twice.Length - 1)] & (1UL << (int)(hash & 63))) != 0 && !keys.Add(key))
        {
            removed.Add(row);
        }
    }

    private static ulong HashOf(EntryKey key)
    {
        const ulong prime = 0x9E37_79B9_7F4A_7C15;
        var hash = ((ulong)key.TimestampNs ^ (key.Id * prime)) * prime;
        hash = (hash ^ (hash >> 32) ^ ((ulong)key.Tail << 16) ^ (uint)key.Log) * prime;
        return hash ^ (hash >> 29);
    }
}
