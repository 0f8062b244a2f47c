namespace OpsConsole.Web.BackgroundActivity.Uploads;

/// <summary>Events of uploads: 2300 to 2319.</summary>
internal static partial class Log
{
    [LoggerMessage(2300, LogLevel.Warning, "An upload failed: {Problem}")]
    public static partial void UploadFailed(ILogger logger, string problem);

    [LoggerMessage(2301, LogLevel.Information, "An upload was cancelled; its part was deleted")]
    public static partial void UploadCancelled(ILogger logger);
}
