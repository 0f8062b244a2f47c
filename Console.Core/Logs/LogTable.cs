namespace OpsConsole.Core.Logs;

/// <summary>
/// A set of log entries in compact rows: all the correlator needs, about 100 bytes an entry. Texts stay where they are
/// (the file, or the buffers of a live window) and are read back through <see cref="ReadEntry"/>.
/// Made by <see cref="LogExportReader"/> from files and by <see cref="LogTableBuilder"/> from live pages.
/// </summary>
public sealed class LogTable : IDisposable
{
    private readonly IReadOnlyList<ILogSource> _sources;
    private readonly IReadOnlyList<string> _sideInsertIds;

    internal LogTable(
        RowStore<RequestRow> requests,
        RowStore<LineRow> lines,
        RowStore<TraceSpan> traceSpans,
        IReadOnlyList<RevisionKey> revisions,
        IReadOnlyList<string> instances,
        IReadOnlyList<string> sideInsertIds,
        IReadOnlyList<ILogSource> sources,
        LogInput input)
    {
        Requests = requests;
        Lines = lines;
        TraceSpans = traceSpans;
        Revisions = revisions;
        Instances = instances;
        _sideInsertIds = sideInsertIds;
        _sources = sources;
        Input = input;
    }

    /// <summary>Request entries in input order.</summary>
    public RowStore<RequestRow> Requests { get; }

    /// <summary>Container and platform entries of services in input order.</summary>
    public RowStore<LineRow> Lines { get; }

    /// <summary>Traces and spans of lines by number. The first stands for neither, so that every line has one.</summary>
    public RowStore<TraceSpan> TraceSpans { get; }

    /// <summary>Revisions by number.</summary>
    public IReadOnlyList<RevisionKey> Revisions { get; }

    /// <summary>Instance ids by number.</summary>
    public IReadOnlyList<string> Instances { get; }

    /// <summary>What was read.</summary>
    public LogInput Input { get; private set; }

    /// <summary>The text of an insertId.</summary>
    public string TextOf(InsertId id) =>
        id.IsSide
            ? _sideInsertIds[(int)(id.Hex & int.MaxValue)]
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id.Hex:x16}{id.Tail:x8}");

    /// <summary>The entry's JSON object as it came, in UTF-8.</summary>
    /// <exception cref="IOException">The source can no longer be read.</exception>
    public ReadOnlyMemory<byte> ReadEntry(EntryRef reference) => _sources[reference.Source].ReadEntry(reference.Offset);

    /// <summary>The same, valid until the buffer is used again: for who reads many, one after the other.</summary>
    internal ReadOnlySpan<byte> Peek(EntryRef reference, ref byte[] buffer) => _sources[reference.Source].Peek(reference.Offset, ref buffer);

    /// <summary>Takes rows out that are copies of others.</summary>
    internal void Forget(List<int> lines, List<int> requests)
    {
        lines.Sort();
        requests.Sort();
        Lines.Remove(lines);
        Requests.Remove(requests);
        Input = Input with { Duplicates = Input.Duplicates + lines.Count + requests.Count };
    }

    /// <summary>Closes files and deletes what was unpacked.</summary>
    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }
}
