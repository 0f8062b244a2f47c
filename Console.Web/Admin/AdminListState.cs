using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Admin;

/// <summary>What the addresses of the lists hold: <c>/admin/roles?q=role:sre&amp;sort=-since&amp;new=1</c>.</summary>
/// <param name="Filter">Text of the filter box.</param>
/// <param name="Sort">Order of the table.</param>
/// <param name="Adding">Whether the form for a new one is open.</param>
public sealed record AdminListState(string Filter, TableSort Sort, bool Adding)
{
    /// <summary>From the query of an address; what is malformed is as if absent.</summary>
    /// <param name="query">With or without its question mark.</param>
    /// <param name="usual">The order where the address names none.</param>
    /// <param name="sortKeys">Columns that sort.</param>
    public static AdminListState Parse(string query, TableSort usual, IReadOnlyCollection<string> sortKeys)
    {
        var values = QueryHelpers.ParseQuery(query);
        return new AdminListState(
            values.GetValueOrDefault("q").ToString(),
            TableSort.Parse(values.GetValueOrDefault("sort").ToString(), usual, sortKeys),
            values.GetValueOrDefault("new").ToString() == "1");
    }

    /// <summary>The address.</summary>
    /// <param name="path">Of the page.</param>
    /// <param name="usual">The order that needs not be named.</param>
    public string ToUrl(string path, TableSort usual) =>
        Urls.With(path, ("q", Filter), ("sort", Sort == usual ? null : Sort.ToString()), ("new", Adding ? "1" : null));
}
