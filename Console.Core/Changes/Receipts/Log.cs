using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>What receipts log: event ids 1420–1429.</summary>
internal static partial class Log
{
    [LoggerMessage(1420, LogLevel.Information, "Receipt of change {Id}: {Verdict}")]
    public static partial void Made(ILogger logger, string id, ReceiptVerdict verdict);

    [LoggerMessage(1421, LogLevel.Information, "The receipt of change {Id} is tried again later: {Problem}")]
    public static partial void Later(ILogger logger, string id, string problem);

    [LoggerMessage(1422, LogLevel.Warning, "Changes that wait for a receipt could not be looked up in {Project}: {Problem}")]
    public static partial void NotLookedUp(ILogger logger, string project, string problem);

    [LoggerMessage(1423, LogLevel.Error, "Making the receipt of change {Id} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string id);
}
