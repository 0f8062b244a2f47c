using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>What gradual moves log: event ids 1450–1469.</summary>
internal static partial class Log
{
    [LoggerMessage(1450, LogLevel.Information, "Gradual move {Id} of {Resource}: {Act}")]
    public static partial void Acts(ILogger logger, string id, string resource, MoveAct act);

    [LoggerMessage(1451, LogLevel.Error, "Gradual move {Id} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string id);

    [LoggerMessage(1452, LogLevel.Warning, "Gradual moves that are under way could not be looked up: {Problem}")]
    public static partial void NotSettled(ILogger logger, string problem);
}
