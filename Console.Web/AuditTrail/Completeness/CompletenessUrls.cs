using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Web;

/// <summary>Addresses of completeness.</summary>
public static partial class Urls
{
    /// <summary>Requests against the audit events that they must leave.</summary>
    public const string AuditCompleteness = "/audit/completeness";

    /// <summary>The same as a file; format is <c>ndjson</c> or <c>csv</c>.</summary>
    public const string AuditCompletenessExport = "/audit/completeness/export";

    /// <summary>Completeness of one service.</summary>
    public static string AuditCompletenessOf(string project, string location, string service, AnalysisId? source = null) => With(
        AuditCompleteness, ("source", source?.Value), ("project", project), ("location", location), ("service", service));
}
