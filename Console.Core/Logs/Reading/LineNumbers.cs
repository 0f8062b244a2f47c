namespace OpsConsole.Core.Logs.Reading;

/// <summary>Finds line numbers of offsets afterwards: only broken pieces need one, and counting lines costs every byte of a file.</summary>
internal static class LineNumbers
{
    /// <summary>Names file, line and reason of pieces, which come in the order of the input.</summary>
    internal static List<SkippedLine> Find(
        IReadOnlyList<(int Source, long Offset, string Reason)> skips, IReadOnlyList<InputFile> files, IReadOnlyList<ByteSource?> sources)
    {
        var found = new List<SkippedLine>(skips.Count);
        var buffer = skips.Count == 0 ? [] : new byte[1 << 18];
        var at = 0L;
        var line = 1L;
        for (var i = 0; i < skips.Count; i++)
        {
            var (source, offset, reason) = skips[i];
            if (i == 0 || skips[i - 1].Source != source)
            {
                at = 0;
                line = 1;
            }

            while (at < offset && sources[source] is { } text)
            {
                var read = text.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - at)), at);
                if (read == 0)
                {
                    break;
                }

                line += buffer.AsSpan(0, read).Count((byte)'\n');
                at += read;
            }

            found.Add(new SkippedLine(files[source].Name, line, reason));
        }

        return found;
    }
}
