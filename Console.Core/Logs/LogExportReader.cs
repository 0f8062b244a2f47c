namespace OpsConsole.Core.Logs;

/// <summary>Reads log exports as people have them into a <see cref="LogTable"/>.</summary>
public static class LogExportReader
{
    /// <summary>Reads files, folders (all files in them) or <c>-</c> (standard input).</summary>
    /// <param name="paths">At least one.</param>
    /// <param name="progress">Told bytes read and bytes in all now and then; may be null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="LogExportException">No path can be read at all; the message names it and says what to do.</exception>
    public static LogTable Read(IReadOnlyList<string> paths, IProgress<(long Read, long Total)>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
