namespace OpsConsole.Web;

/// <summary>Addresses of evidence bundles.</summary>
public static partial class Urls
{
    /// <summary>Make a bundle for an auditor.</summary>
    public const string AuditEvidence = "/audit/evidence";

    /// <summary>A bundle that was made.</summary>
    public const string AuditEvidenceFile = "/audit/evidence/file";

    /// <summary>How far the making of a bundle is, as JSON.</summary>
    public const string AuditEvidenceProgress = "/audit/evidence/progress";

    /// <summary>The file of a bundle.</summary>
    public static string AuditEvidenceFileOf(string id) => With(AuditEvidenceFile, ("id", id));
}
