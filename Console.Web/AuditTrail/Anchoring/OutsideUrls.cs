namespace OpsConsole.Web;

/// <summary>Addresses of what keeps the trail honest from outside.</summary>
public static partial class Urls
{
    /// <summary>How the trail stands: sealing, anchors, witnesses, Google's log.</summary>
    public const string AuditOutside = "/audit/outside";
}
