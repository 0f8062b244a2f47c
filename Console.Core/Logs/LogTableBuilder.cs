using System.Runtime.InteropServices;
using OpsConsole.Core.Logs.Reading;

namespace OpsConsole.Core.Logs;

/// <summary>
/// Builds a <see cref="LogTable"/> entry by entry, for live windows and tests. An entry whose log, timestamp and insertId came
/// before is dropped and counted in <see cref="LogInput.Duplicates"/>. Not thread-safe.
/// </summary>
public sealed unsafe class LogTableBuilder
{
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private readonly EntryParser _parser = new();
    private readonly TableAssembler _assembler = new(workers: 1, expectsMany: false);
    private readonly BlockRows _rows = new();
    private readonly HashSet<EntryKey> _keys = [];
    private readonly List<SkippedLine> _skipped = [];
    private byte[] _buffer = [];
    private long _bytes;
    private long _entryCount;
    private long _others;
    private long _duplicates;
    private int _number;

    /// <summary>Adds one entry: a JSON object in UTF-8, as entries:list gives it. The memory is kept, not copied.</summary>
    public void Add(ReadOnlyMemory<byte> entryJson)
    {
        _number++;
        _bytes += entryJson.Length;
        if (_buffer.Length < entryJson.Length + JsonScan.Padding)
        {
            _buffer = GC.AllocateUninitializedArray<byte>((entryJson.Length * 2) + JsonScan.Padding, pinned: true);
        }

        entryJson.Span.CopyTo(_buffer);
        _buffer.AsSpan(entryJson.Length, JsonScan.Padding).Clear();
        _parser.SideIds = _rows.SideIds;
        _parser.TraceSpans = _rows.TraceSpans;
        var start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_buffer, 0);
        var end = start + entryJson.Length;
        var p = start;
        while (*p is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            p++;
        }

        if (*p != '{')
        {
            _skipped.Add(new SkippedLine("entries", _number, "no JSON object"));
            return;
        }

        var reference = EntryRef.Of(0, _entries.Count);
        switch (_parser.Parse(p, end, -1, out _))
        {
            case EntryKind.Request:
                _parser.Request.Ref = reference;
                if (IsNew(EntryKey.Of(_parser.Request, _rows.SideIds)))
                {
                    _rows.Add(_parser.Request);
                    _entries.Add(entryJson[(int)(p - start)..]);
                }

                break;
            case EntryKind.Line:
                _parser.Line.Ref = reference;
                if (IsNew(EntryKey.Of(_parser.Line, _rows.SideIds)))
                {
                    _rows.Add(_parser.Line);
                    _entries.Add(entryJson[(int)(p - start)..]);
                }

                break;
            case EntryKind.Other:
                _others++;
                _entryCount++;
                break;
            default:
                _skipped.Add(new SkippedLine("entries", _number, _parser.Reason));
                break;
        }
    }

    /// <summary>Makes the table. The builder is used up.</summary>
    public LogTable Build()
    {
        for (var i = 0; i < _parser.Instances.Count; i++)
        {
            _rows.NewInstances.Add(_parser.Instances[i]);
        }

        for (var i = 0; i < _parser.Revisions.Count; i++)
        {
            _rows.NewRevisions.Add(_parser.Revisions[i]);
        }

        _assembler.Commit(_rows);
        var input = new LogInput
        {
            Bytes = _bytes,
            Entries = _entryCount,
            OtherEntries = _others,
            Duplicates = _duplicates,
            Skipped = [.. _skipped.Take(TableAssembler.ListedSkips)],
            SkippedCount = _skipped.Count,
        };
        return new LogTable(
            _assembler.Requests, _assembler.Lines, _assembler.TraceSpans, _assembler.Revisions, _assembler.Instances, _assembler.SideIds, [new EntryList(_entries)], input);
    }

    private bool IsNew(EntryKey key)
    {
        _entryCount++;
        var isNew = _keys.Add(key);
        _duplicates += isNew ? 0 : 1;
        return isNew;
    }
}
