namespace OpsConsole.Core.Logs.Reading;

/// <summary>One run of the reader: blocks from the feed, parsed by all workers, put together in order.</summary>
internal sealed class ExportReading(
    IReadOnlyList<InputFile> files, ReadOptions options, IProgress<(long Read, long Total)>? progress, CancellationToken cancellationToken)
{
    private const int SmallInput = 2 << 20;
    private const long LargeInput = 64 << 20;
    private const long ReportEvery = 32 << 20;

    private readonly List<(int File, string Reason)> _unreadable = [];
    private readonly Lock _gate = new();
    private Exception? _failure;
    private long _reported;

    /// <summary>Reads all files to a table.</summary>
    public LogTable Read(IReadOnlyList<SkippedLine> missing)
    {
        var size = files.Sum(file => file.Size);
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        if (size <= SmallInput && options.Threads == 0 && files[0].Name != "-")
        {
            threads = 1;
        }

        var assembler = new TableAssembler(threads, expectsMany: size > LargeInput);
        using var feed = new BlockFeed(files, options.BlockSize, (file, reason) => _unreadable.Add((file, reason)));
        var others = new Thread[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            var worker = i + 1;
            others[i] = new Thread(() => Work(worker, feed, assembler)) { IsBackground = true, Name = "log export reader" };
            others[i].Start();
        }

        Work(0, feed, assembler);
        foreach (var thread in others)
        {
            thread.Join();
        }

        if (_failure is not null)
        {
            Close(feed);
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        return MakeTable(assembler, feed, missing);
    }

    private void Work(int worker, BlockFeed feed, TableAssembler assembler)
    {
        try
        {
            var parser = new BlockParser(worker);
            while (Volatile.Read(ref _failure) is null && feed.Next() is { } block)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rows = assembler.Rent();
                parser.Parse(block, rows);
                feed.Return(block);
                Report(assembler.Commit(rows));
            }
        }
        catch (Exception exception)
        {
            // Carried to the caller's thread; the first one counts.
            Interlocked.CompareExchange(ref _failure, exception, null);
        }
    }

    private void Report(long read)
    {
        if (progress is null)
        {
            return;
        }

        lock (_gate)
        {
            if (read - _reported < ReportEvery)
            {
                return;
            }

            _reported = read;
        }

        progress.Report((read, Math.Max(read, files.Sum(file => file.Size))));
    }

    private LogTable MakeTable(TableAssembler assembler, BlockFeed feed, IReadOnlyList<SkippedLine> missing)
    {
        List<SkippedLine> skipped = [.. missing, .. _unreadable.Select(u => new SkippedLine(files[u.File].Name, 0, u.Reason))];
        if (assembler.Entries == 0 && !(skipped.Count == 0 && feed.Sources.All(IsEmptyArray)))
        {
            Close(feed);
            var first = skipped.Count > 0 ? $" {skipped[0].File}: {skipped[0].Reason}"
                : assembler.Skips.Count > 0 ? $" The first piece is {assembler.Skips[0].Reason}."
                : "";
            throw new LogExportException(
                $"No log entry in {string.Join(", ", files.Take(3).Select(file => file.Name))}. Give what 'gcloud logging read' printed, or files of a sink.{first}");
        }

        // Pages and files of one export may overlap; one file alone holds an entry once.
        var duplicates = files.Count > 1 ? Duplicates.Remove(assembler.Requests, assembler.Lines, assembler.SideIds) : 0;
        var unreadable = skipped.Count;
        skipped.AddRange(LineNumbers.Find(assembler.Skips, files, feed.Sources));
        progress?.Report((assembler.Bytes, Math.Max(assembler.Bytes, files.Sum(file => file.Size))));
        var input = new LogInput
        {
            Files = files.Count - _unreadable.Count,
            Bytes = files.Sum(file => file.Size),
            Entries = assembler.Entries,
            OtherEntries = assembler.Others,
            Duplicates = duplicates,
            Skipped = skipped,
            SkippedCount = assembler.SkipCount + unreadable,
        };
        return new LogTable(
            assembler.Requests,
            assembler.Lines,
            assembler.TraceSpans,
            assembler.Revisions,
            assembler.Instances,
            assembler.SideIds,
            [.. feed.Sources.Select(source => (ILogSource?)source ?? new MemorySource(default))],
            input);
    }

    // []: what gcloud prints when nothing matches. An answer, unlike a file without a byte, which a failed export leaves.
    private static bool IsEmptyArray(ByteSource? source)
    {
        Span<byte> start = stackalloc byte[64];
        return source?.Length <= start.Length
            && start[..source.Fill(start, 0)].Trim("\uFEFF \t\r\n"u8).SequenceEqual("[]"u8);
    }

    private static void Close(BlockFeed feed)
    {
        foreach (var source in feed.Sources)
        {
            source?.Dispose();
        }
    }
}
