using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Core.Changes;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Bulk;

/// <summary>
/// All of the page on which a change of several services is planned that an address holds:
/// <c>/changes/bulk/new?services=acme-prod/europe-west1/checkout+search&amp;what={"kind":"startup-boost","on":true}&amp;without=…</c>.
/// </summary>
/// <param name="Services">The services that were chosen; empty where a filter chooses.</param>
/// <param name="Filter">The filter of the services page, where no services were chosen.</param>
/// <param name="Form">Key of the form that is open; empty for none.</param>
/// <param name="What">The change that is planned; null for none.</param>
/// <param name="Without">Services with a plan that are left out.</param>
/// <param name="Open">The service whose plan is shown in full, as <c>project/region/name</c>; empty for none.</param>
public sealed record NewBulkState(
    IReadOnlyList<ResourceName> Services, string Filter, string Form, Change? What, IReadOnlyList<ResourceName> Without, string Open)
{
    /// <summary>All services, nothing planned.</summary>
    public static NewBulkState Empty { get; } = new([], "", "", null, [], "");

    /// <summary>From the query of an address; what is malformed is as if absent.</summary>
    public static NewBulkState Parse(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string Value(string name) => values.GetValueOrDefault(name).ToString();

        return new NewBulkState(
            ServiceSet.Parse(Value("services")),
            Value("q"),
            Value("form"),
            Value("what") is { Length: > 0 } what && ChangeJson.Read(what) is { } change && ChangeAddress.MayBeLinked(change) ? change : null,
            ServiceSet.Parse(Value("without")),
            Value("open"));
    }

    /// <summary>A service as <see cref="Open"/> writes it.</summary>
    public static string KeyOf(ResourceName name) => $"{name.Project}/{name.Location}/{name.Id}";

    /// <summary>The address.</summary>
    public string ToUrl() => Urls.With(
        Urls.NewBulkPath,
        ("services", ServiceSet.Print(Services)),
        ("q", Filter),
        ("form", Form),
        ("what", What is null ? null : ChangeJson.Print(What)),
        ("without", ServiceSet.Print(Without)),
        ("open", Open));
}
