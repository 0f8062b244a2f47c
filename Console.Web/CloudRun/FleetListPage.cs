using Microsoft.AspNetCore.Components;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.CloudRun;

/// <summary>A page that lists all resources of one kind, of all projects and regions, beside a pane with the one selected.</summary>
/// <typeparam name="TRow">The kind.</typeparam>
public abstract class FleetListPage<TRow>(FleetCache fleet, NavigationManager navigation) : LiveComponent, IDisposable
    where TRow : class
{
    private readonly LatestOnly _loads = new();

    /// <summary>Filter; read through <see cref="FleetListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    /// <summary>Order; read through <see cref="FleetListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>What is selected; read through <see cref="FleetListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "selected")]
    public string? Selected { get; set; }

    /// <summary>Part of the pane; read through <see cref="FleetListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    /// <summary>What the address says.</summary>
    protected FleetListState State { get; private set; } = FleetListState.Default;

    /// <summary>The filter, parsed.</summary>
    protected FilterQuery Query { get; private set; } = FilterQuery.Empty;

    /// <summary>What was read last; null before the first answer.</summary>
    protected Reading<Fleet<TRow>>? Read { get; private set; }

    /// <summary>Rows that match, in order.</summary>
    protected IReadOnlyList<TRow> Rows { get; private set; } = [];

    /// <summary>Whether a reading is under way.</summary>
    protected bool Busy => _loads.Busy;

    /// <summary>Whose resources these are.</summary>
    protected string Scope => fleet.Projects.Count == 1 ? $"project {fleet.Projects[0]}, all regions" : $"{fleet.Projects.Count} projects, all regions";

    /// <summary>The one selected; null when there is none such.</summary>
    protected TRow? Shown => Read?.Value.Items.FirstOrDefault(row => FleetListState.KeyOf(NameOf(row)) == State.Selected);

    /// <summary>Address of the page.</summary>
    protected abstract string Address { get; }

    /// <summary>Columns that sort.</summary>
    protected abstract IReadOnlyCollection<string> SortKeys { get; }

    /// <summary>Parts of the pane, the first being the default.</summary>
    protected abstract IReadOnlyList<string> TabKeys { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        _loads.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Name of a resource.</summary>
    protected abstract ResourceName NameOf(TRow row);

    /// <summary>Reads all of them.</summary>
    protected abstract Task<Reading<Fleet<TRow>>> ReadAsync(bool fresh, CancellationToken cancellationToken);

    /// <summary>Rows that match, in order.</summary>
    protected abstract IReadOnlyList<TRow> Apply(IEnumerable<TRow> rows, FilterQuery query, TableSort sort);

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync(fresh: false);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        State = FleetListState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query, SortKeys, TabKeys);
        Query = FilterQuery.Parse(State.Filter);
        Arrange();
    }

    /// <summary>Reads again.</summary>
    protected async Task LoadAsync(bool fresh)
    {
        var load = _loads.RunAsync(token => ReadAsync(fresh, token), read => Read = LastKnown.Of(read, NameOf));
        StateHasChanged();
        await load;
        Arrange();
    }

    /// <summary>Goes where the filter is another.</summary>
    protected void OnFilter(string filter) => navigation.NavigateTo((State with { Filter = filter }).ToUrl(Address), replace: true);

    /// <summary>Goes where the order is another.</summary>
    protected void OnSort(TableSort sort) => navigation.NavigateTo((State with { Sort = sort }).ToUrl(Address), replace: true);

    private void Arrange() => Rows = Read is null ? [] : Apply(Read.Value.Items, Query, State.Sort);
}
