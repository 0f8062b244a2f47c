using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>Log messages of sealing, event ids 4000 to 4099.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "Sealing goes on from {Size} leaves.")]
    public static partial void Started(this ILogger logger, long size);

    [LoggerMessage(4001, LogLevel.Information, "Sealing stopped in order at {Size} leaves.")]
    public static partial void Stopped(this ILogger logger, long size);

    [LoggerMessage(4002, LogLevel.Error, "Sealing is interrupted and will be tried again.")]
    public static partial void Interrupted(this ILogger logger, Exception exception);

    [LoggerMessage(4003, LogLevel.Critical, "Event number {Sequence} was recorded and was taken away before it was sealed.")]
    public static partial void Missing(this ILogger logger, long sequence);

    [LoggerMessage(4004, LogLevel.Warning, "Sealing is behind: {Late}; {Unsealed} events wait.")]
    public static partial void Stall(this ILogger logger, bool late, long unsealed);
}
