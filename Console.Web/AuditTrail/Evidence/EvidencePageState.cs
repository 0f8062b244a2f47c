using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Web.AuditTrail.Browsing;
using OpsConsole.Web.AuditTrail.Verifying;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Evidence;

/// <summary>What the address of the evidence page says: which leaves, and which of their events are disclosed.</summary>
public sealed record EvidencePageState
{
    /// <summary>Text of the filter box; empty discloses everything.</summary>
    public string Filter { get; init; } = "";

    /// <summary>From this time of sealing, UTC; null for the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time of sealing; null for the end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Why nothing can be made of this, each as a sentence.</summary>
    public IReadOnlyList<string> Problems =>
        [.. EventFilter.Problems(FilterQuery.Parse(Filter)), .. From >= To ? (string[])["The range ends before it begins."] : []];

    /// <summary>From the parts of an address; what cannot be read is left out.</summary>
    public static EvidencePageState Parse(string? filter, string? from, string? to) => new()
    {
        Filter = filter?.Trim() ?? "",
        From = VerifyPageState.ParseTime(from),
        To = VerifyPageState.ParseTime(to),
    };

    /// <summary>What is to be exported.</summary>
    public EvidenceRequest ToRequest()
    {
        var filter = FilterQuery.Parse(Filter);
        return new EvidenceRequest { From = From, To = To, Filter = filter.Terms.Count == 0 ? null : new EvidenceFilter(filter.ToString(), EventFilter.Query(filter, null, null)) };
    }

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(Urls.AuditEvidence, ("q", Filter), ("from", Print(From)), ("to", Print(To)));

    private static string? Print(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
