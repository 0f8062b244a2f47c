namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>The enums of an event as words of its JSON and of its leaf, and back.</summary>
public static class AuditWords
{
    /// <summary>success, failure, denied, unknown.</summary>
    public static string Of(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Success => "success",
        AuditOutcome.Failure => "failure",
        AuditOutcome.Denied => "denied",
        _ => "unknown",
    };

    /// <summary>user, service, system.</summary>
    public static string Of(AuditActorType type) => type switch
    {
        AuditActorType.User => "user",
        AuditActorType.Service => "service",
        _ => "system",
    };

    /// <summary>console, api, sql, cloudAuditLogs.</summary>
    public static string Of(AuditVia via) => via switch
    {
        AuditVia.Console => "console",
        AuditVia.Api => "api",
        AuditVia.Sql => "sql",
        _ => "cloudAuditLogs",
    };

    /// <summary>Null for any other word.</summary>
    public static AuditOutcome? Outcome(string? word) => word switch
    {
        "success" => AuditOutcome.Success,
        "failure" => AuditOutcome.Failure,
        "denied" => AuditOutcome.Denied,
        "unknown" => AuditOutcome.Unknown,
        _ => null,
    };

    /// <summary>Null for any other word.</summary>
    public static AuditActorType? ActorType(string? word) => word switch
    {
        "user" => AuditActorType.User,
        "service" => AuditActorType.Service,
        "system" => AuditActorType.System,
        _ => null,
    };

    /// <summary>Null for any other word.</summary>
    public static AuditVia? Via(string? word) => word switch
    {
        "console" => AuditVia.Console,
        "api" => AuditVia.Api,
        "sql" => AuditVia.Sql,
        "cloudAuditLogs" => AuditVia.CloudAuditLogs,
        _ => null,
    };
}
