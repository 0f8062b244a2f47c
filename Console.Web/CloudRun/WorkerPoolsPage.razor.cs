using Microsoft.AspNetCore.Components;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.CloudRun;

/// <summary>All worker pools of all projects and regions, with the settings and revisions of the one selected.</summary>
public sealed partial class WorkerPoolsPage(FleetCache fleet, NavigationManager navigation) : IDisposable
{
    private readonly LatestOnly _loads = new();
    private IReadOnlyList<TableColumn<WorkerPool>>? _columns;
    private FleetListState _state = FleetListState.Default;
    private FilterQuery _query = FilterQuery.Empty;
    private Reading<Fleet<WorkerPool>>? _read;
    private IReadOnlyList<WorkerPool> _rows = [];

    /// <summary>Filter; read through <see cref="FleetListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    /// <summary>Order; read through <see cref="FleetListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Selected worker pool; read through <see cref="FleetListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "selected")]
    public string? Selected { get; set; }

    /// <summary>Part of the pane; read through <see cref="FleetListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    private string Scope => fleet.Projects.Count == 1 ? $"project {fleet.Projects[0]}, all regions" : $"{fleet.Projects.Count} projects, all regions";

    /// <inheritdoc />
    public void Dispose() => _loads.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync(fresh: false);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _state = FleetListState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query, WorkerPoolFields.SortKeys, WorkerPoolPane.TabKeys);
        _query = FilterQuery.Parse(_state.Filter);
        Arrange();
    }

    private async Task LoadAsync(bool fresh)
    {
        var load = _loads.RunAsync(token => fleet.WorkerPoolsAsync(fresh, token), read => _read = LastKnown.Of(read, static p => p.Name));
        StateHasChanged();
        await load;
        Arrange();
    }

    private void Arrange() => _rows = _read is null ? [] : WorkerPoolFields.Apply(_read.Value.Items, _query, _state.Sort);

    private void OnFilter(string filter) => navigation.NavigateTo((_state with { Filter = filter }).ToUrl(Urls.WorkerPools), replace: true);

    private void OnSort(TableSort sort) => navigation.NavigateTo((_state with { Sort = sort }).ToUrl(Urls.WorkerPools), replace: true);
}
