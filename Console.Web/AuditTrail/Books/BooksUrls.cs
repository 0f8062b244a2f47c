namespace OpsConsole.Web;

/// <summary>Addresses of the reconciliation of the three books.</summary>
public static partial class Urls
{
    /// <summary>Statements of the three books.</summary>
    public const string AuditBooks = "/audit/books";

    /// <summary>A statement as a file; format is <c>zip</c> (rows, and the events that seal them), <c>ndjson</c> or <c>csv</c>.</summary>
    public const string AuditBooksFile = "/audit/books/file";
}
