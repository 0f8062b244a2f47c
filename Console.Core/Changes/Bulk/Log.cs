using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>What bulks log: event ids 1430–1449.</summary>
internal static partial class Log
{
    [LoggerMessage(1430, LogLevel.Information, "Bulk change {Id} of {Count} services begins")]
    public static partial void Begins(ILogger logger, string id, int count);

    [LoggerMessage(1431, LogLevel.Information, "Bulk change {Id} ended: {Summary}")]
    public static partial void Ended(ILogger logger, string id, string summary);

    [LoggerMessage(1432, LogLevel.Warning, "The end of bulk change {Id} is not recorded yet; trying again in {Delay}")]
    public static partial void NotRecordedYet(ILogger logger, string id, TimeSpan delay);

    [LoggerMessage(1433, LogLevel.Error, "Bulk change {Id} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string id);

    [LoggerMessage(1434, LogLevel.Warning, "Bulk changes without an end could not be looked up: {Problem}")]
    public static partial void NotSettled(ILogger logger, string problem);
}
