using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Puts the rows of blocks together in the order of the input, with numbers that hold for the whole table.</summary>
internal sealed class TableAssembler(int workers, bool expectsMany)
{
    /// <summary>How many broken pieces are listed: all of them, but of a file that is no export.</summary>
    internal const int ListedSkips = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, BlockRows> _waiting = [];
    private readonly Stack<BlockRows> _free = new();
    private readonly List<byte[]>[] _instanceNames = Lists<byte[]>(workers);
    private readonly List<byte[]>[] _revisionNames = Lists<byte[]>(workers);
    private readonly List<int>[] _instanceNumbers = Lists<int>(workers);
    private readonly List<int>[] _revisionNumbers = Lists<int>(workers);
    private readonly ByteTable _instances = new();
    private readonly ByteTable _revisions = new();
    private int _next;

    public RowStore<RequestRow> Requests { get; } = new(expectsMany);

    public RowStore<LineRow> Lines { get; } = new(expectsMany);

    public SideIds SideIds { get; } = new();

    /// <summary>The first one stands for neither trace nor span.</summary>
    public RowStore<TraceSpan> TraceSpans { get; } = WithNone();

    public List<(int Source, long Offset, string Reason)> Skips { get; } = [];

    public long SkipCount { get; private set; }

    public long Entries { get; private set; }

    public long Others { get; private set; }

    public long Bytes { get; private set; }

    public IReadOnlyList<string> Instances => [.. Enumerable.Range(0, _instances.Count).Select(i => Encoding.UTF8.GetString(_instances[i]))];

    public IReadOnlyList<RevisionKey> Revisions => [.. Enumerable.Range(0, _revisions.Count).Select(i => KeyOf(_revisions[i]))];

    /// <summary>Empty rows to fill.</summary>
    public BlockRows Rent()
    {
        lock (_gate)
        {
            return _free.TryPop(out var rows) ? rows : new BlockRows();
        }
    }

    /// <summary>Takes the rows of a block, adds them when all before them are there, and tells how many bytes are done.</summary>
    public long Commit(BlockRows rows)
    {
        lock (_gate)
        {
            _waiting.Add(rows.Block, rows);
            while (_waiting.Remove(_next, out var ready))
            {
                Append(ready);
                ready.Clear();
                _free.Push(ready);
                _next++;
            }

            return Bytes;
        }
    }

    [MethodImpl(Hot.Code)]
    private void Append(BlockRows rows)
    {
        var instances = Learn(_instanceNames[rows.Worker], _instanceNumbers[rows.Worker], rows.NewInstances);
        var revisions = Learn(_revisionNames[rows.Worker], _revisionNumbers[rows.Worker], rows.NewRevisions);
        var sides = SideIds.Count;
        for (var i = 0; i < rows.SideIds.Count; i++)
        {
            SideIds.Add(rows.SideIds.BytesOf(i));
        }

        foreach (ref var row in rows.Requests)
        {
            row.Instance = Number(instances, _instanceNames[rows.Worker], row.Instance, _instances);
            row.Revision = Number(revisions, _revisionNames[rows.Worker], row.Revision, _revisions);
            if (row.InsertId.IsSide)
            {
                row.InsertId = row.InsertId with { Hex = row.InsertId.Hex + (ulong)sides };
            }
        }

        // Numbers of a block begin with 1.
        var traceSpans = TraceSpans.Count - 1;
        foreach (ref var row in rows.Lines)
        {
            row.TraceSpan += row.TraceSpan == 0 ? 0 : traceSpans;
            row.Instance = Number(instances, _instanceNames[rows.Worker], row.Instance, _instances);
            row.Revision = Number(revisions, _revisionNames[rows.Worker], row.Revision, _revisions);
            if (row.InsertId.IsSide)
            {
                row.InsertId = row.InsertId with { Hex = row.InsertId.Hex + (ulong)sides };
            }
        }

        Requests.Append(rows.Requests);
        Lines.Append(rows.Lines);
        TraceSpans.Append(rows.TraceSpans.Values);
        Entries += rows.Entries;
        Others += rows.Others;
        Bytes += rows.Bytes;
        SkipCount += rows.SkipCount;
        foreach (var (offset, reason) in rows.Skips)
        {
            if (Skips.Count < ListedSkips)
            {
                Skips.Add((rows.Source, offset, reason));
            }
        }
    }

    private static RowStore<TraceSpan> WithNone()
    {
        var store = new RowStore<TraceSpan>();
        store.Append([default]);
        return store;
    }

    private static Span<int> Learn(List<byte[]> names, List<int> numbers, List<byte[]> added)
    {
        foreach (var name in added)
        {
            names.Add(name);
            numbers.Add(-1);
        }

        return CollectionsMarshal.AsSpan(numbers);
    }

    // Names that only entries of other kinds carry get no number: the table lists what its rows use.
    [MethodImpl(Hot.Code)]
    private static int Number(Span<int> numbers, List<byte[]> names, int local, ByteTable table)
    {
        if (local < 0)
        {
            return -1;
        }

        ref var number = ref numbers[local];
        if (number < 0)
        {
            number = table.NumberOf(names[local]);
        }

        return number;
    }

    private static RevisionKey KeyOf(byte[] joined)
    {
        // Four parts, each ended by a zero byte. Names hold none; a label that does is cut at it.
        var parts = Encoding.UTF8.GetString(joined).Split('\0');
        return new RevisionKey(parts[0], parts[1], parts[2], parts[3]);
    }

    private static List<T>[] Lists<T>(int count)
    {
        var lists = new List<T>[count];
        for (var i = 0; i < count; i++)
        {
            lists[i] = [];
        }

        return lists;
    }
}
