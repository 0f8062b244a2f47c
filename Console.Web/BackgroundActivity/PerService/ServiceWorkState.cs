using System.Globalization;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>What the address of a service's background activity says.</summary>
public sealed record ServiceWorkState
{
    /// <summary>The findings.</summary>
    public const string FindingsTab = "findings";

    /// <summary>The requests that went on.</summary>
    public const string RequestsTab = "requests";

    /// <summary>The lines that nothing can be said of.</summary>
    public const string UndecidedTab = "undecided";

    /// <summary>Trend and histogram.</summary>
    public const string TimeTab = "time";

    /// <summary>Requests: longest tail first.</summary>
    public static readonly TableSort DefaultSort = new("tail", Descending: true);

    public required string Project { get; init; }

    public required string Location { get; init; }

    public required string Service { get; init; }

    /// <summary>A source; empty means the live logs of the project.</summary>
    public string Source { get; init; } = "";

    /// <summary>One revision only; empty means all.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Part of the page.</summary>
    public string Tab { get; init; } = FindingsTab;

    /// <summary>Requests that went on for longer than this many seconds.</summary>
    public double? Late { get; init; }

    /// <summary>Requests of one finding only.</summary>
    public string Finding { get; init; } = "";

    /// <summary>Text of the filter box of the tab.</summary>
    public string Filter { get; init; } = "";

    public TableSort Sort { get; init; } = DefaultSort;

    /// <summary>insertId of the request that is open beside the table.</summary>
    public string Request { get; init; } = "";

    /// <summary>Requests that began at this time or later; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Requests that began before this time; null for all.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The tab of an address; an unknown one is the first.</summary>
    public static string ParseTab(string? tab) => tab is RequestsTab or UndecidedTab or TimeTab ? tab : FindingsTab;

    /// <summary>The order of an address, as far as the table of a tab knows its column.</summary>
    public static TableSort ParseSort(string? sort, string tab) =>
        TableSort.Parse(sort, DefaultSortOf(tab), tab == UndecidedTab ? UndecidedLines.SortKeys : LateRequests.SortKeys);

    /// <summary>Seconds of an address; null for what is no number from 0 up.</summary>
    public static double? ParseLate(string? seconds) =>
        double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and < 1e9 ? value : null;

    /// <summary>A time of an address (ISO 8601, UTC where no zone is given); null for what is none.</summary>
    public static DateTimeOffset? ParseTime(string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value.ToUniversalTime() : null;

    /// <summary>The page with another tab. Filter and order stay where they mean the same there.</summary>
    public ServiceWorkState On(string tab)
    {
        var other = tab != Tab && (tab == UndecidedTab || Tab == UndecidedTab);
        return this with
        {
            Tab = tab,
            Request = tab == RequestsTab ? Request : "",
            Filter = other ? "" : Filter,
            Sort = other ? DefaultSortOf(tab) : Sort,
        };
    }

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(
        Urls.BackgroundService(Project, Location, Service),
        ("source", Source),
        ("tab", Tab == FindingsTab ? null : Tab),
        ("revision", Revision),
        ("from", Print(From)),
        ("to", Print(To)),
        ("late", Late?.ToString(CultureInfo.InvariantCulture)),
        ("finding", Finding),
        ("q", Filter),
        ("sort", Sort == DefaultSortOf(Tab) ? null : Sort.ToString()),
        ("request", Request));

    private static TableSort DefaultSortOf(string tab) => tab == UndecidedTab ? UndecidedLines.NewestFirst : DefaultSort;

    private static string? Print(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
