namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>What a token of the HTTP API is for. A token has one scope.</summary>
public enum ApiScope
{
    /// <summary>Send events of its workspace: <c>POST /api/v1/audit/events</c>.</summary>
    AppendEvents,

    /// <summary>Read the log as tlog-tiles: <c>/tlog/…</c>. Leaves hold no personal fields in clear, but those of all workspaces.</summary>
    ReadLog,
}
