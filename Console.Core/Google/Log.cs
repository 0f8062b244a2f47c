using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.Google;

/// <summary>What the adapters log: event ids 1100–1199. Never a token, a body or a query string.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Information, "{Method} {Path} answered {Status}; trying again in {Delay} (attempt {Attempt})")]
    public static partial void TryingAgain(ILogger logger, string method, string path, int status, TimeSpan delay, int attempt);

    [LoggerMessage(1101, LogLevel.Warning, "{Method} {Path} failed with {Status}: {Failure}")]
    public static partial void Failed(ILogger logger, string method, string path, int status, string failure);

    [LoggerMessage(1102, LogLevel.Warning, "One {Kind} in the answer of {What} could not be read")]
    public static partial void UnreadableItem(ILogger logger, string kind, string what);

    [LoggerMessage(1104, LogLevel.Warning, "{Count} of {All} entries in the answer of {What} could not be read")]
    public static partial void UnreadableEntries(ILogger logger, int count, int all, string what);

    [LoggerMessage(1103, LogLevel.Debug, "The list over all regions of {Project} was refused with {Status}; reading region by region")]
    public static partial void FallingBackToRegions(ILogger logger, string project, int status);
}
