namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>Events of the HTTP API of the audit trail: 2400 to 2419. No secrets, no payloads.</summary>
internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Warning, "A request with the token {Token} was refused: {Why}")]
    public static partial void BadToken(ILogger logger, string token, string why);

    [LoggerMessage(2401, LogLevel.Error, "Events of {Token} could not be recorded: {Problem}")]
    public static partial void NotRecorded(ILogger logger, string token, string problem);

    [LoggerMessage(2402, LogLevel.Warning, "The proofs of event {Sequence} and those sent with it could not be made: {Problem}")]
    public static partial void NoProof(ILogger logger, long sequence, string problem);
}
