using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>
/// All of a service's page that an address holds:
/// <c>/services/p/europe-west1/checkout?revision=checkout-00007-abc&amp;tab=scaling</c>, <c>?compare=checkout-00006-x..checkout-00007-abc</c>,
/// or another part of the page, as <c>?view=history&amp;days=90&amp;item=0192f0c4-…</c>.
/// </summary>
/// <param name="Filter">Text of the filter box.</param>
/// <param name="Sort">Order of the revisions.</param>
/// <param name="Revision">Short name of the revision in the pane; empty for none.</param>
/// <param name="Tab">Part of the pane.</param>
/// <param name="CompareFrom">Left side of a comparison; empty for none. A comparison wins over a selected revision.</param>
/// <param name="CompareTo">Right side of a comparison.</param>
public sealed record ServicePageState(string Filter, TableSort Sort, string Revision, string Tab, string CompareFrom, string CompareTo)
{
    /// <summary>Parts of the pane, the first being the default.</summary>
    public static IReadOnlyList<(string Key, string Title)> Tabs { get; } =
    [
        ("general", "General"), ("scaling", "Scaling"), ("containers", "Containers"), ("networking", "Networking"), ("conditions", "Conditions"), ("json", "Raw JSON"),
    ];

    /// <summary>Parts of the page, the first being the default.</summary>
    public static IReadOnlyList<(string Key, string Title)> Views { get; } =
    [
        ("revisions", "Revisions"), ("history", "History"), ("settings", "Settings"), ("effect", "In effect"), ("instances", "Instances"),
    ];

    /// <summary>How many days back a history can reach; Google keeps its audit log for 400.</summary>
    public static IReadOnlyList<int> Spans { get; } = [30, 7, 90, 400];

    /// <summary>Part of the page.</summary>
    public string View { get; init; } = Views[0].Key;

    /// <summary>How far the history reaches back, in days.</summary>
    public int Days { get; init; } = Spans[0];

    /// <summary>Row of the history in the pane; empty for none.</summary>
    public string Item { get; init; } = "";

    /// <summary>Newest revisions first, nothing selected.</summary>
    public static ServicePageState Default { get; } = new("", new TableSort("created", Descending: true), "", "general", "", "");

    /// <summary>True when two revisions are compared.</summary>
    public bool Comparing => CompareFrom.Length > 0 && CompareTo.Length > 0;

    /// <summary>The same without anything in the pane.</summary>
    public ServicePageState Closed => this with { Revision = "", Tab = Default.Tab, CompareFrom = "", CompareTo = "" };

    /// <summary>From the query of an address; what is malformed is as if absent.</summary>
    public static ServicePageState Parse(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string Value(string name) => values.GetValueOrDefault(name).ToString();

        var tab = Value("tab");
        var sides = Value("compare").Split("..", 2);
        var comparing = sides is [{ Length: > 0 }, { Length: > 0 }];
        return new ServicePageState(
            Value("q"),
            TableSort.Parse(Value("sort"), Default.Sort, RevisionFields.SortKeys),
            Value("revision"),
            Tabs.Any(t => t.Key == tab) ? tab : Default.Tab,
            comparing ? sides[0] : "",
            comparing ? sides[1] : "")
        {
            View = Views.Any(v => v.Key == Value("view")) ? Value("view") : Default.View,
            Days = int.TryParse(Value("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Spans.Contains(days) ? days : Default.Days,
            Item = Value("item"),
        };
    }

    /// <summary>Puts a revision into the pane; the part shown stays.</summary>
    public ServicePageState Open(string revision) => this with { Revision = revision, CompareFrom = "", CompareTo = "", View = Default.View, Item = "" };

    /// <summary>Goes to a part of the page.</summary>
    public ServicePageState Show(string view) => Closed with { View = view, Item = "" };

    /// <summary>Compares two revisions.</summary>
    public ServicePageState Compare(string from, string to) => this with { CompareFrom = from, CompareTo = to };

    /// <summary>The address.</summary>
    /// <param name="path">Of the service: <see cref="Urls.Service(string, string, string)"/>.</param>
    public string ToUrl(string path) => Urls.With(
        path,
        ("q", Filter),
        ("sort", Sort == Default.Sort ? null : Sort.ToString()),
        ("revision", Revision),
        ("tab", Tab == Default.Tab ? null : Tab),
        ("compare", Comparing ? $"{CompareFrom}..{CompareTo}" : null),
        ("view", View == Default.View ? null : View),
        ("days", Days == Default.Days ? null : Days.ToString(CultureInfo.InvariantCulture)),
        ("item", Item));
}
