using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.Access;

/// <summary>What access logs: event ids 1800–1849. No tokens, no addresses of people.</summary>
internal static partial class Log
{
    [LoggerMessage(1800, LogLevel.Warning, "Roles given on the console's page cannot be read at the moment; those known hold on: {Problem}")]
    public static partial void RolesNotRead(ILogger logger, string problem);

    [LoggerMessage(1801, LogLevel.Warning, "The keys of Identity-Aware Proxy could not be fetched from {Address}: {Problem}")]
    public static partial void KeysNotFetched(ILogger logger, Uri address, string problem);

    [LoggerMessage(1802, LogLevel.Information, "The keys of Identity-Aware Proxy were fetched: {Count}")]
    public static partial void KeysFetched(ILogger logger, int count);

    [LoggerMessage(1803, LogLevel.Warning, "Sessions that were ended cannot be read or kept at the moment; those known stay ended: {Problem}")]
    public static partial void SessionsNotRead(ILogger logger, string problem);
}
