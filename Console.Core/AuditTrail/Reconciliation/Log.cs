using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>Log messages of reconciliation, event ids 4300 to 4399.</summary>
internal static partial class Log
{
    [LoggerMessage(4300, LogLevel.Warning, "The daily statements are not made; they will be tried again.")]
    public static partial void NotMade(this ILogger logger, Exception exception);

    [LoggerMessage(4301, LogLevel.Warning, "The daily statement of {Project} is not made: {Sentence}")]
    public static partial void Refused(this ILogger logger, string project, string sentence);
}
