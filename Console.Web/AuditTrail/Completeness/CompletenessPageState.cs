using System.Globalization;
using OpsConsole.Core.AuditTrail.Completeness;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Completeness;

/// <summary>What the address of the completeness page says.</summary>
public sealed record CompletenessPageState
{
    /// <summary>The rules.</summary>
    public const string RulesTab = "rules";

    /// <summary>Events that belong to no request.</summary>
    public const string ExtraTab = "events";

    /// <summary>Newest request first.</summary>
    public static readonly TableSort DefaultSort = new("time", Descending: true);

    /// <summary>A source; empty means the live logs of the project.</summary>
    public string Source { get; init; } = "";

    public string Project { get; init; } = "";

    public string Location { get; init; } = "";

    /// <summary>Empty until one is chosen.</summary>
    public string Service { get; init; } = "";

    /// <summary>Requests that began at this time or later; null for all in the logs.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Requests that began before this time; null for all in the logs.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A word of <see cref="CompletenessWords"/>, or one of the tabs above; empty means the gravest that there is.</summary>
    public string Tab { get; init; } = "";

    /// <summary>Text of the filter box.</summary>
    public string Filter { get; init; } = "";

    public TableSort Sort { get; init; } = DefaultSort;

    /// <summary>The service, once it is chosen.</summary>
    public ServiceRef? Of => Service.Length == 0 ? null : new ServiceRef(Project, Location, Service);

    /// <summary>Whether another state asks for the same check: then what was found stays.</summary>
    public bool AsksTheSame(CompletenessPageState other) =>
        Source == other.Source && Of == other.Of && From == other.From && To == other.To;

    /// <summary>A tab of an address; an unknown one is the gravest that there is.</summary>
    public static string ParseTab(string? tab) => tab is RulesTab or ExtraTab || CompletenessWords.Parse(tab) is not null ? tab! : "";

    /// <summary>A time of an address or an input (UTC where no zone is given); null for what is none.</summary>
    public static DateTimeOffset? ParseTime(string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value.ToUniversalTime() : null;

    /// <summary>What an input for date and time takes: <c>2026-11-22T09:30</c>.</summary>
    public static string Minute(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Query(Urls.AuditCompleteness, ("tab", Tab), ("q", Filter), ("sort", Sort == DefaultSort ? null : Sort.ToString()));

    /// <summary>The address of the file.</summary>
    public string ToExport(string format) => Query(Urls.AuditCompletenessExport, ("format", format));

    private string Query(string path, params ReadOnlySpan<(string Name, string? Value)> more) => Urls.With(
        path,
        [
            ("source", Source), ("project", Project), ("location", Location), ("service", Service), ("from", Print(From)), ("to", Print(To)), .. more,
        ]);

    private static string? Print(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
