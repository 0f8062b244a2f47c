using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Changes;

/// <summary>All of the changes page that an address holds: <c>/changes?q=service:checkout&amp;sort=-took&amp;days=30</c>.</summary>
/// <param name="Filter">Text of the filter box.</param>
/// <param name="Sort">Order of the table; those under way come first in any case.</param>
/// <param name="Days">How far back.</param>
public sealed record ChangesPageState(string Filter, TableSort Sort, int Days)
{
    /// <summary>The windows to choose from, in days.</summary>
    public static IReadOnlyList<int> Windows { get; } = [1, 7, 30, 365];

    /// <summary>The newest first, of a week.</summary>
    public static ChangesPageState Default { get; } = new("", new TableSort("started", Descending: true), 7);

    /// <summary>From the query of an address; what is malformed is as if absent.</summary>
    public static ChangesPageState Parse(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return new ChangesPageState(
            values.GetValueOrDefault("q").ToString(),
            TableSort.Parse(values.GetValueOrDefault("sort").ToString(), Default.Sort, ChangeFields.SortKeys),
            int.TryParse(values.GetValueOrDefault("days").ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Windows.Contains(days) ? days : Default.Days);
    }

    /// <summary>The address.</summary>
    public string ToUrl() => Urls.With(
        Urls.Changes,
        ("q", Filter),
        ("sort", Sort == Default.Sort ? null : Sort.ToString()),
        ("days", Days == Default.Days ? null : Days.ToString(CultureInfo.InvariantCulture)));
}
