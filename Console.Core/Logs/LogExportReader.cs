using OpsConsole.Core.Logs.Reading;

namespace OpsConsole.Core.Logs;

/// <summary>
/// Reads log exports as people have them into a <see cref="LogTable"/>: NDJSON of the Cloud Storage sink, the JSON array or the YAML of
/// <c>gcloud logging read</c>, objects one after another, text between them; UTF-8 or UTF-16, gzip.
/// </summary>
public static class LogExportReader
{
    /// <summary>Reads files, folders (all files in them and below, by name) or <c>-</c> (standard input).</summary>
    /// <param name="paths">At least one.</param>
    /// <param name="progress">Told bytes read and bytes in all now and then, from any thread; may be null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="LogExportException">No path can be read at all, or no entry is in them; the message says what to do.</exception>
    public static LogTable Read(IReadOnlyList<string> paths, IProgress<(long Read, long Total)>? progress, CancellationToken cancellationToken) =>
        Read(paths, new ReadOptions(), progress, cancellationToken);

    /// <summary>
    /// Reads files that strangers may have made, such as uploads: a packed file may unpack to at most
    /// <paramref name="maxUnpackedBytes"/>, and to at most 200 times its size once it is past 16 MiB (logs pack about 1 : 15).
    /// </summary>
    /// <exception cref="LogExportException">As above; a file over the limit counts as one that cannot be read.</exception>
    public static LogTable ReadUntrusted(
        IReadOnlyList<string> paths, long maxUnpackedBytes, IProgress<(long Read, long Total)>? progress, CancellationToken cancellationToken) =>
        Read(paths, new ReadOptions { MaxUnpackedBytes = maxUnpackedBytes, MaxUnpackRatio = 200 }, progress, cancellationToken);

    internal static LogTable Read(
        IReadOnlyList<string> paths, ReadOptions options, IProgress<(long Read, long Total)>? progress, CancellationToken cancellationToken)
    {
        var missing = new List<SkippedLine>();
        var files = InputPaths.Expand(paths, options, missing);
        return new ExportReading(files, options, progress, cancellationToken).Read(missing);
    }
}
