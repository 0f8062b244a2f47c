using OpsConsole.Core.Access;

namespace OpsConsole.Web.AuditTrail;

/// <summary>A page of the audit trail, as the tabs show it to whoever may open it.</summary>
/// <param name="Key">Short name.</param>
/// <param name="Title">As shown.</param>
/// <param name="Href">Its address.</param>
/// <param name="Permission">What it needs.</param>
public sealed record AuditTab(string Key, string Title, string Href, Permission Permission)
{
    /// <summary>All of them in the order shown: one line a page.</summary>
    public static IReadOnlyList<AuditTab> All { get; } =
    [
        new("events", "Events", Urls.Audit, Permission.BrowseAudit),
        new("verify", "Verify", Urls.AuditVerify, Permission.VerifyAudit),
        new("evidence", "Evidence", Urls.AuditEvidence, Permission.ExportAudit),
        new("completeness", "Completeness", Urls.AuditCompleteness, Permission.VerifyAudit),
        new("books", "The three books", Urls.AuditBooks, Permission.VerifyAudit),
        new("outside", "Outside", Urls.AuditOutside, Permission.VerifyAudit),
        new("retention", "Retention", Urls.AuditRetention, Permission.EraseAudit),
    ];
}
