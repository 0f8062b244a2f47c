namespace OpsConsole.Web.Access;

/// <summary>Events of sign-in and permissions: 2000 to 2019.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "A denied request for {Path} could not be recorded: {Problem}")]
    public static partial void DenialNotRecorded(ILogger logger, string path, string problem);

    [LoggerMessage(2001, LogLevel.Error, "A sign-in was refused because it could not be recorded: {Problem}")]
    public static partial void SignInNotRecorded(ILogger logger, string problem);

    [LoggerMessage(2002, LogLevel.Error, "A sign-out could not be recorded: {Problem}")]
    public static partial void SignOutNotRecorded(ILogger logger, string problem);
}
