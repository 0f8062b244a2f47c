namespace OpsConsole.Core.Logs.Reading;

/// <summary>One input as it was named.</summary>
internal sealed class InputFile(string path, long size, ReadOptions options)
{
    /// <summary>What to call it: its path, or <c>-</c>.</summary>
    public string Name { get; } = path;

    /// <summary>Bytes on the disk; 0 when unknown.</summary>
    public long Size { get; private set; } = size;

    /// <summary>Opens it as UTF-8 text, unpacked and converted where need be.</summary>
    /// <param name="offset">Where its text begins: behind a byte order mark.</param>
    public ByteSource Open(out long offset)
    {
        offset = 0;
        var source = Name == "-" ? Spool.Standard(options) : OpenFile();
        try
        {
            Size = source.Length;
            return Conversions.ToText(source, options, out offset);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private ByteSource OpenFile()
    {
        var handle = File.OpenHandle(Name, options: FileOptions.SequentialScan);
        try
        {
            return new FileSource(handle);
        }
        catch (NotSupportedException)
        {
            // A pipe, such as a shell's <(zcat …): it cannot be read twice.
            using var pipe = new FileStream(handle, FileAccess.Read);
            return Spool.Of(pipe, options);
        }
    }
}
