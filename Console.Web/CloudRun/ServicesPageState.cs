using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Changes.Bulk;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>All of the services page that an address holds: <c>/services?q=region:europe&amp;sort=-deployed</c>.</summary>
/// <param name="Filter">Text of the filter box.</param>
/// <param name="Sort">Order of the table.</param>
public sealed record ServicesPageState(string Filter, TableSort Sort)
{
    /// <summary>Services that were chosen to be changed together.</summary>
    public IReadOnlyList<ResourceName> Chosen { get; init; } = [];

    /// <summary>Nothing filtered, by name.</summary>
    public static ServicesPageState Default { get; } = new("", new TableSort("name", Descending: false));

    /// <summary>From the query of an address; what is malformed is as if absent.</summary>
    public static ServicesPageState Parse(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return new ServicesPageState(values.GetValueOrDefault("q").ToString(), TableSort.Parse(values.GetValueOrDefault("sort").ToString(), Default.Sort, ServiceFields.SortKeys))
        {
            Chosen = ServiceSet.Parse(values.GetValueOrDefault("chosen").ToString()),
        };
    }

    /// <summary>The address.</summary>
    public string ToUrl() => Urls.With(Urls.Services, ("q", Filter), ("sort", Sort == Default.Sort ? null : Sort.ToString()), ("chosen", ServiceSet.Print(Chosen)));
}
