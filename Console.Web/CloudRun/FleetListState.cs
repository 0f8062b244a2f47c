using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>
/// What the addresses of the jobs page and the worker pools page hold:
/// <c>/services/jobs?q=region:us&amp;selected=acme-prod/us-central1/nightly&amp;tab=json</c>.
/// </summary>
/// <param name="Filter">Text of the filter box.</param>
/// <param name="Sort">Order of the table.</param>
/// <param name="Selected">What the pane shows, as <c>project/region/name</c>; empty for none.</param>
/// <param name="Tab">Part of the pane; empty for the first.</param>
public sealed record FleetListState(string Filter, TableSort Sort, string Selected, string Tab)
{
    /// <summary>Nothing filtered, by name.</summary>
    public static FleetListState Default { get; } = new("", new TableSort("name", Descending: false), "", "");

    /// <summary>From the query of an address; what is malformed is as if absent.</summary>
    /// <param name="query">With or without its question mark.</param>
    /// <param name="sortKeys">Columns that sort.</param>
    /// <param name="tabs">Parts of the pane, the first being the default.</param>
    public static FleetListState Parse(string query, IReadOnlyCollection<string> sortKeys, IReadOnlyList<string> tabs)
    {
        var values = QueryHelpers.ParseQuery(query);
        string Value(string name) => values.GetValueOrDefault(name).ToString();

        var tab = Value("tab");
        return new FleetListState(
            Value("q"),
            TableSort.Parse(Value("sort"), Default.Sort, sortKeys),
            Value("selected"),
            tabs.Skip(1).Contains(tab, StringComparer.Ordinal) ? tab : "");
    }

    /// <summary>A resource as <see cref="Selected"/> writes it.</summary>
    public static string KeyOf(ResourceName name) => $"{name.Project}/{name.Location}/{name.Id}";

    /// <summary>The same without anything in the pane.</summary>
    public FleetListState Closed => this with { Selected = "", Tab = "" };

    /// <summary>The address.</summary>
    /// <param name="path">Of the page.</param>
    public string ToUrl(string path) => Urls.With(
        path, ("q", Filter), ("sort", Sort == Default.Sort ? null : Sort.ToString()), ("selected", Selected), ("tab", Tab));
}
