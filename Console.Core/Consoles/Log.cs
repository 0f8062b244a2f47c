using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.Consoles;

/// <summary>What is logged of the consoles on one database: event ids 1900–1919.</summary>
internal static partial class Log
{
    [LoggerMessage(1900, LogLevel.Information, "This console is {Name}; {Others} other consoles run on its database")]
    public static partial void Here(this ILogger logger, string name, int others);

    [LoggerMessage(1901, LogLevel.Warning, "The mark that this console runs is lost ({Problem}); others may take over what it has in hand. Setting it again")]
    public static partial void MarkLost(this ILogger logger, string problem);

    [LoggerMessage(1902, LogLevel.Warning, "News of other consoles cannot be heard ({Problem}); what they change is seen within {Seconds} seconds all the same")]
    public static partial void Deaf(this ILogger logger, string problem, int seconds);
}
