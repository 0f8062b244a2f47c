namespace OpsConsole.Web.Hosting;

/// <summary>Events of the host: 2480 to 2499.</summary>
internal static partial class Log
{
    [LoggerMessage(2480, LogLevel.Warning, "The demo's audit records of {Service} have no token and are not delivered: {Problem}")]
    public static partial void NoDemoToken(ILogger logger, string service, string problem);

    [LoggerMessage(2481, LogLevel.Error, "Waiting for the database: {Problem}")]
    public static partial void NoDatabase(ILogger logger, string problem);

    [LoggerMessage(2482, LogLevel.Information, "The database is there: the console is whole.")]
    public static partial void DatabaseCame(ILogger logger);

    [LoggerMessage(2483, LogLevel.Critical, "{Damage}")]
    public static partial void Damaged(ILogger logger, string damage);

    [LoggerMessage(2484, LogLevel.Error, "{Work} ended with an error that was not expected; it begins again in {Seconds} s.")]
    public static partial void WorkFailed(ILogger logger, Exception exception, string work, double seconds);
}
