using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.Logs;
using OpsConsole.Core.Logs.Reading;

namespace OpsConsole.Core.Tests.Logs;

public sealed class LogExportReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_AnyShapeOfFile_GivesTheReferencesRows() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll<int>(seed =>
        {
            var entries = new EntryShapes(seed).Make(40);
            var expected = Expected(entries);
            foreach (var (name, text) in Shapes(entries))
            {
                using var table = Read(text);
                Assert.True(expected.SequenceEqual(ReferenceReader.RowsOf(table)), $"{name}, seed {seed}");
                Assert.Equal(entries.Count, table.Input.Entries);
            }
        }));

    [Fact]
    public void Read_AnyBlockSizeAndThreads_GivesTheSameTable() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll<int>(seed =>
        {
            var entries = new EntryShapes(seed).Make(60);
            var expected = Expected(entries);
            foreach (var (name, text) in Shapes(entries))
            {
                foreach (var size in new[] { 64, 1000, 4096, 50_000 })
                {
                    using var table = Read(text, new ReadOptions { BlockSize = size, Threads = 1 + (size % 3) });
                    Assert.True(expected.SequenceEqual(ReferenceReader.RowsOf(table)), $"{name}, seed {seed}, blocks of {size}");
                }
            }
        }));

    [Fact]
    public void Read_BrokenNdjsonInBlocksOfAnySize_SkipsTheSamePieces() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll<int>(seed =>
        {
            var random = new System.Random(seed);
            var lines = new EntryShapes(seed).Make(30).Select(line => random.Next(3) == 0 ? Mutate(line, random) : line).ToList();
            var text = Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(lines[0])));
            using var whole = TryRead(text, new ReadOptions());
            foreach (var size in new[] { 64, 700, 5000 })
            {
                using var cut = TryRead(text, new ReadOptions { BlockSize = size, Threads = 2 });
                Assert.Equal(whole is null, cut is null);
                if (whole is not null)
                {
                    Assert.Equal(ReferenceReader.RowsOf(whole), ReferenceReader.RowsOf(cut!));
                    Assert.Equal(whole.Input.Skipped, cut!.Input.Skipped);
                }
            }
        }));

    [Fact]
    public void Read_MutatedLines_AreReadOrListedAndCostNothingElse() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<int>(seed =>
        {
            var random = new System.Random(seed);
            var entries = new EntryShapes(seed).Make(6);
            var mutated = Mutate(entries[2], random).ReplaceLineEndings(" ").TrimStart();
            string[] lines = [entries[0], entries[1], mutated, entries[3], entries[4]];
            using var table = Read(string.Join('\n', lines) + "\n");
            var rows = ReferenceReader.RowsOf(table);
            foreach (var good in Expected([entries[0], entries[1], entries[3], entries[4]]))
            {
                Assert.Contains(good, rows);
            }

            // What the reference takes must be taken, and equally; the rest is taken or listed with its line.
            var reference = ReferenceReader.RowOf(mutated);
            if (reference is not null)
            {
                Assert.Equal(5, table.Input.Entries);
                Assert.True(reference == "other" || rows.Contains(reference), $"seed {seed}: {mutated}");
            }
            else if (table.Input.Entries < 5 && mutated.Length > 0)
            {
                Assert.All(table.Input.Skipped, skipped => Assert.Equal(3, skipped.Line));
                Assert.NotEmpty(table.Input.Skipped);
            }
        }));

    [Theory]
    [InlineData("utf8-bom")]
    [InlineData("utf16le-crlf")]
    [InlineData("utf16be")]
    [InlineData("gzip")]
    [InlineData("gzip-utf16")]
    public void Read_Encoding_GivesTheSameTable(string encoding)
    {
        var entries = new EntryShapes(7).Make(3000);
        foreach (var (name, text) in Shapes(entries))
        {
            var bytes = encoding switch
            {
                "utf8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
                "utf16le-crlf" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.ReplaceLineEndings("\r\n"))],
                "utf16be" => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
                "gzip" => Gzip(Encoding.UTF8.GetBytes(text)),
                _ => Gzip([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]),
            };
            using var table = Read(bytes);
            Assert.True(Expected(entries).SequenceEqual(ReferenceReader.RowsOf(table)), name);
            Assert.Equal(bytes.Length, table.Input.Bytes);
        }
    }

    [Fact]
    public void Read_BrokenPieces_AreListedWithTheirLines()
    {
        var good = new EntryShapes(1).Make(4);
        using var table = Read(
            $"entries of march\n{good[0]}\n\n{good[1][..^20]}\n{good[2]}\n  {{\"a\":1}}\nResults end\n{good[3]}\n{{\"insertId\":\"x\",\"logName\":\"projects/p/logs/run.googleapis.com%2Fstdout\",\"timestamp\":12}}");

        Assert.Equal([1L, 4, 6, 7, 9], table.Input.Skipped.Select(skipped => skipped.Line));
        Assert.Equal(3, table.Input.Entries);
        Assert.Equal(5, table.Input.SkippedCount);
        Assert.Contains("no log entry", table.Input.Skipped[2].Reason, StringComparison.Ordinal);
        Assert.Contains("timestamp", table.Input.Skipped[4].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutOffPrettyArray_LosesOnlyItsLastEntry()
    {
        var entries = new EntryShapes(3).Make(5);
        var text = EntryShapes.PrettyArray(entries);
        using var table = Read(text[..text.LastIndexOf("\"timestamp\"", StringComparison.Ordinal)]);

        Assert.Equal(4, table.Input.Entries);
        Assert.Single(table.Input.Skipped);
    }

    [Fact]
    public void Read_BrokenEntryInPrettyArray_LosesOnlyThatOne()
    {
        var entries = new EntryShapes(3).Make(5);
        var text = EntryShapes.PrettyArray(entries);
        var third = text.IndexOf("\n  {", text.IndexOf("\n  {", 5, StringComparison.Ordinal) + 4, StringComparison.Ordinal);
        using var table = Read(text.Insert(text.IndexOf('\n', third + 5), "\n    oops,"));

        Assert.Equal(4, table.Input.Entries);
        Assert.Equal(1, table.Input.SkippedCount);
        Assert.Equal(text.AsSpan(0, third + 1).Count('\n') + 1, table.Input.Skipped[0].Line);
    }

    [Fact]
    public void Read_FolderAndFiles_KeepOrderAndDropWhatOverlaps()
    {
        var entries = new EntryShapes(11).Make(200).Where(entry => !entry.Contains("\"insertId\":\"\"", StringComparison.Ordinal)).Distinct().ToList();
        File.WriteAllText(Path.Combine(_folder, "b.json"), string.Join('\n', entries[80..]));
        File.WriteAllText(Path.Combine(_folder, "a.json"), EntryShapes.PrettyArray(entries[..120]));
        using var table = LogExportReader.Read([_folder], null, default);

        Assert.Equal(Expected(entries), ReferenceReader.RowsOf(table));
        Assert.Equal(2, table.Input.Files);
        Assert.Equal(entries.Count + 40, table.Input.Entries);
        Assert.Equal(
            entries[80..120].Count(entry => ReferenceReader.RowOf(entry) != "other"),
            table.Input.Duplicates);
    }

    [Fact]
    public void ReadEntry_OfEveryRow_GivesItsJson()
    {
        foreach (var (_, text) in Shapes(new EntryShapes(5).Make(50)))
        {
            using var table = Read(text);
            for (var i = 0; i < table.Lines.Count; i++)
            {
                using var json = System.Text.Json.JsonDocument.Parse(table.ReadEntry(table.Lines[i].Ref));
                Assert.Equal(table.TextOf(table.Lines[i].InsertId), json.RootElement.GetProperty("insertId").GetString());
            }
        }
    }

    [Fact]
    public void Read_HugeAndDeepEntries_Survives()
    {
        var entry = new EntryShapes(2).Make(1)[0];
        var huge = entry.Insert(1, $"\"jsonPayload\":{{\"x\":\"{new string('y', 3 << 20)}\"}},");
        var deep = entry.Insert(1, $"\"jsonPayload\":{string.Concat(Enumerable.Repeat("{\"a\":[", 100_000))}1{string.Concat(Enumerable.Repeat("]}", 100_000))},");
        var unclosed = entry.Insert(1, $"\"jsonPayload\":{string.Concat(Enumerable.Repeat("[", 100_000))},");
        var number = entry.Insert(1, $"\"x\":{new string('9', 100_000)},");
        using var table = Read(string.Join('\n', entry, huge, deep, unclosed, number, entry));

        Assert.Equal(5, table.Input.Entries);
        Assert.Equal(4, table.Input.Skipped[0].Line);
    }

    [Fact]
    public void ReadUntrusted_FileThatUnpacksBeyondTheLimit_IsRefused()
    {
        var path = Path.Combine(_folder, "bomb.gz");
        File.WriteAllBytes(path, Gzip(new byte[64 << 20]));

        var byRatio = Assert.Throws<LogExportException>(() => LogExportReader.ReadUntrusted([path], 1L << 40, null, default));
        var bySize = Assert.Throws<LogExportException>(() => LogExportReader.ReadUntrusted([path], 1 << 20, null, default));
        Assert.Contains("limit", byRatio.Message, StringComparison.Ordinal);
        Assert.Contains("1,048,576", bySize.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\uFEFF[]\r\n")]
    public void Read_EmptyArray_IsAnAnswer(string text)
    {
        using var table = Read(text);
        Assert.Equal((1, 0L, 0L), (table.Input.Files, table.Input.Entries, table.Input.SkippedCount));
    }

    [Fact]
    public void Read_NothingUsable_SaysWhatToDo()
    {
        Assert.Contains("no such file", Assert.Throws<LogExportException>(() => LogExportReader.Read(["/nowhere/x"], null, default)).Message, StringComparison.Ordinal);
        Assert.Contains("No log entry", Assert.Throws<LogExportException>(() => Read("")).Message, StringComparison.Ordinal);
        Assert.Contains("No log entry", Assert.Throws<LogExportException>(() => Read("hello")).Message, StringComparison.Ordinal);
        Assert.Contains("zip", Assert.Throws<LogExportException>(() => Read([(byte)'P', (byte)'K', 3, 4, 0, 0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Pipe_IsReadLikeAFile()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var entries = new EntryShapes(4).Make(2000);
        var path = Path.Combine(_folder, "pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", path))
        {
            await make.WaitForExitAsync();
        }

        var write = Task.Run(() => File.WriteAllText(path, string.Join('\n', entries)));
        using var table = await Task.Run(() => LogExportReader.Read([path], null, default));
        await write;
        Assert.Equal(Expected(entries), ReferenceReader.RowsOf(table));
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var path = Path.Combine(_folder, "x.json");
        File.WriteAllText(path, new EntryShapes(1).Make(1)[0]);
        Assert.Throws<OperationCanceledException>(() => LogExportReader.Read([path], null, cancelled.Token));
    }

    [Fact]
    public void Builder_SameEntries_GivesTheSameTable()
    {
        var entries = new EntryShapes(13).Make(300);
        var builder = new LogTableBuilder();
        foreach (var entry in entries)
        {
            builder.Add(Encoding.UTF8.GetBytes(entry));
        }

        using var table = builder.Build();
        Assert.Equal(Expected(entries), ReferenceReader.RowsOf(table));
        Assert.Equal(entries.Count, table.Input.Entries);
        Assert.Equal(entries[0].Length > 0, table.ReadEntry(table.Lines[0].Ref).Length > 0);
    }

    [Fact]
    public void Builder_SameEntryTwice_CountsOnce()
    {
        var entry = Encoding.UTF8.GetBytes(
            """{"insertId":"69a381a20006c6e242b5c066","logName":"projects/p/logs/run.googleapis.com%2Fstdout","timestamp":"2026-03-01T00:00:34Z","resource":{"type":"cloud_run_revision"}}""");
        var builder = new LogTableBuilder();
        builder.Add(entry);
        builder.Add(entry);
        using var table = builder.Build();

        Assert.Equal(1, table.Lines.Count);
        Assert.Equal(1, table.Input.Duplicates);
        Assert.Equal(2, table.Input.Entries);
    }

    private static List<string> Expected(IEnumerable<string> entries)
    {
        var rows = entries.Select(ReferenceReader.RowOf).Where(row => row is not null and not "other").Select(row => row!).ToList();
        return [.. rows.Where(row => row.StartsWith("request", StringComparison.Ordinal)), .. rows.Where(row => row.StartsWith("line", StringComparison.Ordinal))];
    }

    private static IEnumerable<(string Name, string Text)> Shapes(List<string> entries)
    {
        yield return ("ndjson", string.Join('\n', entries) + "\n");
        yield return ("ndjson without a last line break", string.Join('\n', entries));
        yield return ("ndjson with CRLF", string.Join("\r\n", entries));
        yield return ("array on one line", $"[{string.Join(",", entries)}]");
        yield return ("array on one line with blanks", $" [ {string.Join(" , ", entries)} ] \n");
        yield return ("array, an entry a line", $"[{string.Join(",\n", entries)}]");
        yield return ("array, an entry a line, brackets alone", $"[\n{string.Join(",\n", entries)}\n]\n");
        yield return ("gcloud's array", EntryShapes.PrettyArray(entries));
        yield return ("objects one after another", string.Join('\n', entries.Select(EntryShapes.Pretty)));
        yield return ("objects one after another on one line", string.Concat(entries));
        yield return ("the API's answer", $"{{\"entries\":[{string.Join(",", entries)}],\"nextPageToken\":\"abc\"}}");
        yield return ("the API's answers, printed", ($"{{\n  \"entries\": [\n{string.Join(",\n", entries.Select(entry => string.Join('\n', EntryShapes.Pretty(entry).Split('\n').Select(line => "    " + line))))}\n  ],\n  \"nextPageToken\": \"abc\"\n}}\n"));
        yield return ("an answer with other members before its entries", $"{{\"nextPageToken\":\"abc\",\"kind\":{{\"a\":[1]}},\"entries\":[{string.Join(",", entries)}]}}");
        yield return ("the same, printed", ($"{{\n  \"nextPageToken\": \"abc\",\n  \"count\": 7,\n  \"entries\": [\n{string.Join(",\n", entries.Select(entry => string.Join('\n', EntryShapes.Pretty(entry).Split('\n').Select(line => "    " + line))))}\n  ]\n}}\n"));
        yield return ("array with brackets on the lines of braces", $"[{string.Join(", ", entries.Select(EntryShapes.Pretty))}]");
    }

    private static string Mutate(string line, System.Random random)
    {
        var at = random.Next(line.Length);
        var length = random.Next(1, Math.Min(20, line.Length - at) + 1);
        return random.Next(10) switch
        {
            0 => line[..at],
            1 => line[at..],
            2 => line.Remove(at, length),
            3 => line.Insert(at, line.Substring(at, length)),
            4 => line.Insert(at, "\"{}[],:\\\0\u0001 u"[random.Next(12)].ToString()),
            5 => line.Replace("\"timestamp\":\"", "\"timestamp\":\"9", StringComparison.Ordinal),
            6 => line.Replace(":\"", ":9e999,\"a\":\"", StringComparison.Ordinal),
            7 => line.Insert(line.Length - 1, ",\"timestamp\":\"2026-01-01T00:00:00Z\",\"labels\":null,\"insertId\":[1,{}]"),
            8 => line.Remove(at, 1).Insert(at, ((char)random.Next(1, 256)).ToString()),
            _ => line.Replace("\"insertId\"", "\"\\u0069nsertId\"", StringComparison.Ordinal),
        };
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private LogTable Read(string text, ReadOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    private LogTable Read(byte[] bytes, ReadOptions? options = null)
    {
        var path = Path.Combine(_folder, "export");
        File.WriteAllBytes(path, bytes);
        return LogExportReader.Read([path], options ?? new ReadOptions(), null, default);
    }

    private LogTable? TryRead(byte[] bytes, ReadOptions options)
    {
        try
        {
            return Read(bytes, options);
        }
        catch (LogExportException)
        {
            return null;
        }
    }
}
