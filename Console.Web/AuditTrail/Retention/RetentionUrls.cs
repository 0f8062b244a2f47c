namespace OpsConsole.Web;

/// <summary>Addresses of retention.</summary>
public static partial class Urls
{
    /// <summary>Legal holds, erasure and pruning.</summary>
    public const string AuditRetention = "/audit/retention";
}
