using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Logs;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web;

/// <summary>Addresses of background activity. A source that is not given means the live logs.</summary>
public static partial class Urls
{
    /// <summary>Uploads and windows of the past.</summary>
    public const string BackgroundOpen = "/background/open";

    /// <summary>One request with its waterfall.</summary>
    public const string BackgroundRequestPath = "/background/request";

    /// <summary>The life of one instance.</summary>
    public const string BackgroundInstancePath = "/background/instance";

    /// <summary>Download of classified entries; format is <c>ndjson</c> or <c>csv</c>.</summary>
    public const string BackgroundEvidencePath = "/background/evidence";

    /// <summary>The fleet in one source.</summary>
    public static string BackgroundIn(AnalysisId? source) => With(Background, ("source", source?.Value));

    /// <summary>One service.</summary>
    public static string BackgroundService(string project, string location, string service, AnalysisId? source = null) => With(
        $"{Background}/{Uri.EscapeDataString(project)}/{Uri.EscapeDataString(location)}/{Uri.EscapeDataString(service)}",
        ("source", source?.Value));

    /// <summary>One request. The time tells apart what shares an insertId.</summary>
    public static string BackgroundRequest(AnalysisId source, string insertId, DateTimeOffset? at = null) => With(
        BackgroundRequestPath,
        ("source", source.Value),
        ("insertId", insertId),
        ("ts", at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));

    /// <summary>The undecided lines of a revision that may be of one request.</summary>
    public static string BackgroundUndecided(AnalysisId source, RevisionKey revision, string insertId) => With(
        BackgroundService(revision.Project, revision.Location, revision.Service),
        ("source", source.Value),
        ("tab", "undecided"),
        ("revision", revision.Revision),
        ("q", FilterQuery.Of([new FilterTerm("request", FilterOperator.Is, insertId, false)]).ToString()));

    /// <summary>One instance.</summary>
    public static string BackgroundInstance(AnalysisId source, string instance) =>
        With(BackgroundInstancePath, ("source", source.Value), ("instance", instance));

    /// <summary>Classified entries of a service (or of one revision, or of one finding) as a file.</summary>
    public static string BackgroundEvidence(
        AnalysisId source, string format, RevisionKey service, string? revision = null, string? finding = null) => With(
        BackgroundEvidencePath,
        ("source", source.Value),
        ("format", format),
        ("project", service.Project),
        ("location", service.Location),
        ("service", service.Service),
        ("revision", revision),
        ("finding", finding));
}
