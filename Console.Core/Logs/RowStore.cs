namespace OpsConsole.Core.Logs;

/// <summary>
/// A growing list of rows that never moves them: segments of 262,144 rows, so that tens of millions of rows need
/// neither one huge array nor a second copy while growing.
/// </summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="expectsMany">Whether whole segments are taken from the first row on.</param>
public sealed class RowStore<T>(bool expectsMany)
    where T : unmanaged
{
    private const int SegmentBits = 18;
    private const int SegmentSize = 1 << SegmentBits;
    private readonly List<T[]> _segments = [];

    /// <summary>For few rows at first: the first segment grows by doubling.</summary>
    public RowStore()
        : this(expectsMany: false)
    {
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>A row in place.</summary>
    public ref readonly T this[int index] => ref _segments[index >> SegmentBits][index & (SegmentSize - 1)];

    /// <summary>All rows in order, as stretches that lie together.</summary>
    internal IEnumerable<ReadOnlyMemory<T>> Segments
    {
        get
        {
            for (var from = 0; from < Count; from += SegmentSize)
            {
                yield return _segments[from >> SegmentBits].AsMemory(0, Math.Min(SegmentSize, Count - from));
            }
        }
    }

    /// <summary>Adds rows in order.</summary>
    public void Append(ReadOnlySpan<T> rows)
    {
        while (rows.Length > 0)
        {
            var used = Count & (SegmentSize - 1);
            if (used == 0 && Count >> SegmentBits == _segments.Count)
            {
                // The first segment starts small so that a file of ten lines does not cost megabytes.
                _segments.Add(Count > 0 || expectsMany ? LargeArrays.Of<T>(SegmentSize) : new T[Math.Min(SegmentSize, Math.Max(256, rows.Length))]);
            }

            var segment = _segments[^1];
            if (segment.Length < SegmentSize && used + rows.Length > segment.Length)
            {
                var grown = LargeArrays.Of<T>(Math.Min(SegmentSize, Math.Max(segment.Length * 2, used + rows.Length)));
                segment.AsSpan(0, used).CopyTo(grown);
                _segments[^1] = segment = grown;
            }

            var take = Math.Min(rows.Length, SegmentSize - used);
            rows[..take].CopyTo(segment.AsSpan(used));
            rows = rows[take..];
            Count += take;
        }
    }

    /// <summary>Takes rows out and closes the gaps.</summary>
    /// <param name="ascending">Numbers of the rows, in ascending order.</param>
    internal void Remove(IReadOnlyList<int> ascending)
    {
        if (ascending.Count == 0)
        {
            return;
        }

        var to = ascending[0];
        var gone = 0;
        for (var from = to; from < Count; from++)
        {
            if (gone < ascending.Count && ascending[gone] == from)
            {
                gone++;
                continue;
            }

            _segments[to >> SegmentBits][to & (SegmentSize - 1)] = _segments[from >> SegmentBits][from & (SegmentSize - 1)];
            to++;
        }

        Count = to;
        while (_segments.Count > (Count + SegmentSize - 1) >> SegmentBits)
        {
            _segments.RemoveAt(_segments.Count - 1);
        }
    }
}
