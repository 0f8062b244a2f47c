namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>Events of the HTTP API of the audit trail: 2400 to 2419. No secrets, no payloads.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2400, Message = "A request of {Token} to the HTTP API was refused with {Status}: {Why}")]
    public static partial void Refused(ILogger logger, LogLevel level, string token, int status, string why);

    [LoggerMessage(EventId = 2401, Message = "{More} more requests of {Token} to the HTTP API were refused with {Status} in {Seconds} s, the last one: {Why}")]
    public static partial void MoreRefused(ILogger logger, LogLevel level, long more, string token, int status, long seconds, string why);

    [LoggerMessage(2402, LogLevel.Warning, "The proofs of event {Sequence} and those sent with it could not be made: {Problem}")]
    public static partial void NoProof(ILogger logger, long sequence, string problem);
}
