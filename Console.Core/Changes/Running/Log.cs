using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.Changes.Running;

/// <summary>What changes log: event ids 1400–1499. No settings, no reasons.</summary>
internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Information, "Change {Id} of {Resource} begins")]
    public static partial void Begins(ILogger logger, string id, string resource);

    [LoggerMessage(1401, LogLevel.Information, "Change {Id} of {Resource} ended: {Phase}")]
    public static partial void Ended(ILogger logger, string id, string resource, ChangePhase phase);

    [LoggerMessage(1402, LogLevel.Warning, "The outcome of change {Id} is not recorded yet; trying again in {Delay}")]
    public static partial void NotRecordedYet(ILogger logger, string id, TimeSpan delay);

    [LoggerMessage(1403, LogLevel.Error, "Following change {Id} failed")]
    public static partial void FollowingFailed(ILogger logger, Exception exception, string id);

    [LoggerMessage(1404, LogLevel.Information, "Change {Id} of {Resource} has no outcome on the record: looking what became of it")]
    public static partial void Settling(ILogger logger, string id, string resource);

    [LoggerMessage(1406, LogLevel.Warning, "Change {Id} of {Resource}: console {Console} has stopped; looking what became of it")]
    public static partial void TakingOver(ILogger logger, string id, string resource, string console);

    [LoggerMessage(1407, LogLevel.Warning, "Change {Id} of {Resource}: its intent is on the record and was not confirmed in time. Nothing was sent; it is closed")]
    public static partial void Unconfirmed(ILogger logger, string id, string resource);

    [LoggerMessage(1405, LogLevel.Warning, "Changes without an outcome could not be looked up in {Project}: {Problem}")]
    public static partial void NotSettled(ILogger logger, string project, string problem);
}
