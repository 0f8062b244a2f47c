namespace OpsConsole.Core.AuditTrail;

/// <summary>Workspaces that the console itself writes to. Changes of a service are recorded in the workspace named as its project.</summary>
public static class AuditWorkspaces
{
    /// <summary>The console's own affairs: sign-ins, searches, verifications, exports, roles, tokens, sealing.</summary>
    public const string Console = "opsconsole";
}
