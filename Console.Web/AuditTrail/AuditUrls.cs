using System.Globalization;

namespace OpsConsole.Web;

/// <summary>Addresses of the audit trail's events.</summary>
public static partial class Urls
{
    /// <summary>The list of events.</summary>
    public const string Audit = "/audit";

    /// <summary>One event.</summary>
    public const string AuditEventPath = "/audit/event";

    /// <summary>The events of a query as a file; format is <c>csv</c> or <c>ndjson</c>.</summary>
    public const string AuditFile = "/audit/events/file";

    /// <summary>The proof of one leaf, a C2SP tlog-proof.</summary>
    public const string AuditProof = "/audit/event/proof";

    /// <summary>The bytes of one leaf, as they were hashed.</summary>
    public const string AuditLeaf = "/audit/event/leaf";

    /// <summary>The proof of a leaf.</summary>
    public static string AuditProofOf(long index) => With(AuditProof, ("index", index.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The bytes of a leaf.</summary>
    public static string AuditLeafOf(long index) => With(AuditLeaf, ("index", index.ToString(CultureInfo.InvariantCulture)));

    /// <summary>One event: its id is unique in its workspace.</summary>
    public static string AuditEvent(string workspace, string id) =>
        id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? With($"{AuditEventPath}/{id}", ("workspace", workspace))
            : With(AuditEventPath, ("workspace", workspace), ("id", id));
}
