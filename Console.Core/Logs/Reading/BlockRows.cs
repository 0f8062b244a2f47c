using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>What one block gave: rows with the numbers of the parser that made them.</summary>
internal sealed class BlockRows
{
    private RequestRow[] _requests = [];
    private LineRow[] _lines = [];
    private int _requestCount;
    private int _lineCount;

    public int Block { get; set; }

    public int Source { get; set; }

    /// <summary>Which worker's numbers the rows carry.</summary>
    public int Worker { get; set; }

    public long Bytes { get; set; }

    public long Entries { get; set; }

    public long Others { get; set; }

    public SideIds SideIds { get; private set; } = new();

    public TraceSpanNumbers TraceSpans { get; } = new();

    /// <summary>Instances that the worker met for the first time, in the order of its numbers.</summary>
    public List<byte[]> NewInstances { get; } = [];

    /// <summary>Revisions that the worker met for the first time.</summary>
    public List<byte[]> NewRevisions { get; } = [];

    /// <summary>Offsets in the source, and why; at most <see cref="TableAssembler.ListedSkips"/>.</summary>
    public List<(long Offset, string Reason)> Skips { get; } = [];

    public long SkipCount { get; set; }

    public Span<RequestRow> Requests => _requests.AsSpan(0, _requestCount);

    public Span<LineRow> Lines => _lines.AsSpan(0, _lineCount);

    [MethodImpl(Hot.Code)]
    public void Add(in RequestRow row)
    {
        if (_requestCount == _requests.Length)
        {
            Array.Resize(ref _requests, Math.Max(64, _requestCount * 2));
        }

        _requests[_requestCount++] = row;
    }

    [MethodImpl(Hot.Code)]
    public void Add(in LineRow row)
    {
        if (_lineCount == _lines.Length)
        {
            Array.Resize(ref _lines, Math.Max(256, _lineCount * 2));
        }

        _lines[_lineCount++] = row;
    }

    public void Skip(long offset, string reason)
    {
        SkipCount++;
        if (Skips.Count < TableAssembler.ListedSkips)
        {
            Skips.Add((offset, reason));
        }
    }

    /// <summary>Empties it for the next block.</summary>
    public void Clear()
    {
        _requestCount = _lineCount = 0;
        Bytes = Entries = Others = SkipCount = 0;
        NewInstances.Clear();
        NewRevisions.Clear();
        Skips.Clear();
        TraceSpans.Clear();
        if (SideIds.Count > 0)
        {
            SideIds = new SideIds();
        }
    }
}
