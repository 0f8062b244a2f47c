using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>Events of reading logs: 1300 to 1399.</summary>
internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Warning, "Reading {Source} failed: {Problem}")]
    public static partial void ReadingFailed(ILogger logger, string source, string problem);

    [LoggerMessage(1301, LogLevel.Error, "Reading {Source} stopped on an error that nobody expected")]
    public static partial void Unexpected(ILogger logger, Exception exception, string source);

    [LoggerMessage(1302, LogLevel.Warning, "Somebody who looks at {Source} could not be told of a change")]
    public static partial void SubscriberFailed(ILogger logger, Exception exception, string source);

    [LoggerMessage(1303, LogLevel.Information, "{Source} is analysed: {Entries} entries in {Milliseconds} ms")]
    public static partial void Analysed(ILogger logger, string source, long entries, double milliseconds);

    [LoggerMessage(1304, LogLevel.Information, "Reading {Source} begins")]
    public static partial void Begins(ILogger logger, string source);

    [LoggerMessage(1305, LogLevel.Information, "Reading {Source} pauses: nobody looks")]
    public static partial void Pauses(ILogger logger, string source);

    [LoggerMessage(1306, LogLevel.Warning, "The file {File} beside an upload or window cannot be read; it is left alone: {Problem}")]
    public static partial void BadSidecar(ILogger logger, string file, string problem);

    [LoggerMessage(1307, LogLevel.Warning, "The file {File} could not be deleted: {Problem}")]
    public static partial void NotDeleted(ILogger logger, string file, string problem);
}
