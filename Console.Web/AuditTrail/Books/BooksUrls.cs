namespace OpsConsole.Web;

/// <summary>Addresses of the reconciliation of the three books.</summary>
public static partial class Urls
{
    /// <summary>Statements of the three books.</summary>
    public const string AuditBooks = "/audit/books";
}
