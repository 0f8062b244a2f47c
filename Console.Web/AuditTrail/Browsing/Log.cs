namespace OpsConsole.Web.AuditTrail.Browsing;

/// <summary>Events of browsing the audit trail: 2420 to 2439.</summary>
internal static partial class Log
{
    [LoggerMessage(2420, LogLevel.Warning, "A file of events broke off: {Problem}")]
    public static partial void FileBrokeOff(ILogger logger, string problem);

    [LoggerMessage(2421, LogLevel.Error, "How a file of events ended could not be recorded: {Problem}")]
    public static partial void FileEndNotRecorded(ILogger logger, string problem);
}
