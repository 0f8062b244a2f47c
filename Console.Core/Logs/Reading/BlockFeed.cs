namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Cuts sources into blocks between entries, one after the other, for several workers. Large sequential reads into a few buffers
/// that are used again keep the memory small; a mapped file would count as resident.
/// </summary>
internal sealed unsafe class BlockFeed(IReadOnlyList<InputFile> files, int blockSize, Action<int, string> onUnreadable) : IDisposable
{
    // Where no place to cut is found, the block grows; at this size it is cut anywhere, and what is broken by that is reported.
    private const int LargestBlock = 64 << 20;
    private const int Probe = 256 << 10;
    private const int ScanBlock = 8 << 20;

    private readonly Lock _gate = new();
    private readonly Stack<Block> _free = new();
    private readonly List<ByteSource?> _sources = [];
    private byte[] _carry = [];
    private int _carried;
    private int _blocks;
    private long _offset;
    private int _column;
    private ByteSource? _source;

    /// <summary>Sources by number; null where a file could not be read.</summary>
    public IReadOnlyList<ByteSource?> Sources => _sources;

    /// <summary>The next block, or null at the end of all.</summary>
    public Block? Next()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_source is null && !OpenNext())
                {
                    return null;
                }

                try
                {
                    var block = Cut(_source!);
                    if (block is not null)
                    {
                        return block;
                    }
                }
                catch (IOException exception)
                {
                    onUnreadable(_sources.Count - 1, $"The rest cannot be read: {exception.Message}");
                }

                _source = null;
            }
        }
    }

    /// <summary>Takes a block back.</summary>
    public void Return(Block block)
    {
        lock (_gate)
        {
            if (block.Capacity > ScanBlock)
            {
                block.Dispose();
            }
            else
            {
                _free.Push(block);
            }
        }
    }

    public void Dispose()
    {
        while (_free.TryPop(out var block))
        {
            block.Dispose();
        }
    }

    private bool OpenNext()
    {
        while (_sources.Count < files.Count)
        {
            var number = _sources.Count;
            _sources.Add(null);
            try
            {
                _source = files[number].Open(out _offset);
                _sources[number] = _source;
                _carried = 0;
                _column = ColumnOf(_source);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                onUnreadable(number, exception.Message);
            }
        }

        return false;
    }

    private int ColumnOf(ByteSource source)
    {
        var length = (int)Math.Min(Probe, source.Length - _offset);
        using var block = new Block(Math.Max(length, 0));
        block.End(source.Fill(block.Span, _offset));
        var column = EntryColumn.Find(block.Memory, block.Length);

        // An answer of the API on one line is one object from the first byte to the last: it can only be cut where one begins inside of it.
        var begin = new ReadOnlySpan<byte>(block.Memory, block.Length).IndexOfAnyExcept(" \t\r\n"u8);
        var inside = begin >= 0 && block.Memory[begin] == '{' ? AnswerPages.OpenLater(block.Memory + begin, block.Memory + block.Length) : null;
        _offset += inside != null ? inside - block.Memory : 0;
        return column;
    }

    private Block? Cut(ByteSource source)
    {
        var remaining = source.Length - _offset;
        if (remaining <= 0 && _carried == 0)
        {
            return null;
        }

        var wanted = (int)Math.Min(Math.Max(blockSize, _carried * 2L), _carried + remaining);
        var block = _free.TryPop(out var free) ? free : new Block(Math.Max(wanted, (int)Math.Min(blockSize, 1 << 16)));
        if (block.Capacity < wanted)
        {
            block.Grow(wanted);
        }

        block.Number = _blocks++;
        block.Source = _sources.Count - 1;
        block.Column = _column;
        block.Offset = _offset - _carried;
        _carry.AsSpan(0, _carried).CopyTo(block.Span);
        var filled = _carried;
        while (true)
        {
            var read = source.Fill(block.Span[filled..Math.Max(filled, wanted)], _offset);
            filled += read;
            _offset += read;
            if (filled == 0)
            {
                // The file has become shorter since it was opened.
                _free.Push(block);
                _blocks--;
                return null;
            }

            block.End(filled);
            var isLast = filled < wanted || _offset >= source.Length;
            var cut = isLast ? filled : FindCut(block, filled);
            if (cut > 0 || isLast || wanted >= LargestBlock)
            {
                cut = cut > 0 ? cut : filled;
                Carry(block, cut, filled);
                block.End(cut);
                return block;
            }

            wanted = (int)Math.Min(Math.Min(LargestBlock, wanted * 2L), filled + (source.Length - _offset));
            block.Grow(Math.Max(wanted, block.Capacity));
        }
    }

    private void Carry(Block block, int cut, int filled)
    {
        _carried = filled - cut;
        if (_carry.Length < _carried)
        {
            _carry = new byte[Math.Max(1 << 14, _carried * 2)];
        }

        block.Span[cut..filled].CopyTo(_carry);
    }

    private int FindCut(Block block, int filled)
    {
        var cut = _column >= 0 ? EntryColumn.LastBegin(block.Memory, filled, _column) : 0;
        return cut > 0 || (_column >= 0 && filled < ScanBlock) ? cut : EntryColumn.LastEnd(block.Memory, filled);
    }
}
