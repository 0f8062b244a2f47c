using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.Overview;

/// <summary>What the fleet's address says.</summary>
public sealed record BackgroundPageState
{
    /// <summary>Gravest first.</summary>
    public static readonly TableSort DefaultSort = new("verdict", Descending: true);

    /// <summary>A source; empty means the live logs of all projects.</summary>
    public string Source { get; init; } = "";

    /// <summary>Text of the filter box.</summary>
    public string Filter { get; init; } = "";

    public TableSort Sort { get; init; } = DefaultSort;

    /// <summary>From the parts of an address; what is malformed counts as absent.</summary>
    public static BackgroundPageState Parse(string? source, string? filter, string? sort) => new()
    {
        Source = source ?? "",
        Filter = filter?.Trim() ?? "",
        Sort = TableSort.Parse(sort, DefaultSort, FleetColumns.Keys),
    };

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(
        Urls.Background, ("source", Source), ("q", Filter), ("sort", Sort == DefaultSort ? null : Sort.ToString()));
}
