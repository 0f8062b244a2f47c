namespace OpsConsole.Web.Hosting;

/// <summary>Events of the host: 2480 to 2499.</summary>
internal static partial class Log
{
    [LoggerMessage(2480, LogLevel.Warning, "The demo's audit records of {Service} have no token and are not delivered: {Problem}")]
    public static partial void NoDemoToken(ILogger logger, string service, string problem);
}
