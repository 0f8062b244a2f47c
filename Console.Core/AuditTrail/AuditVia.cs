namespace OpsConsole.Core.AuditTrail;

/// <summary>Which way an event came in.</summary>
public enum AuditVia
{
    /// <summary>An act of the console itself.</summary>
    Console,

    /// <summary><c>POST /api/v1/audit/events</c>.</summary>
    Api,

    /// <summary><c>SELECT audit.append(jsonb)</c> in an application's own transaction.</summary>
    Sql,

    /// <summary>Pulled from Cloud Audit Logs.</summary>
    CloudAuditLogs,
}
