using Microsoft.AspNetCore.Components;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.CloudRun;

/// <summary>All services of all projects and regions.</summary>
public sealed partial class ServicesPage(FleetCache fleet, NavigationManager navigation) : IDisposable
{
    private readonly LatestOnly _loads = new();
    private readonly IReadOnlyList<TableColumn<Service>> _columns =
        fleet.Projects.Count > 1 ? [.. AllColumns.Select(static c => c.Key == "project" ? c with { Shown = true } : c)] : AllColumns;

    private IReadOnlyList<TableColumn<Service>>? _withChoice;

    private ServicesPageState _state = ServicesPageState.Default;
    private FilterQuery _query = FilterQuery.Empty;
    private Reading<Fleet<Service>>? _read;
    private IReadOnlyList<Service> _rows = [];

    /// <summary>Filter; read through <see cref="ServicesPageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    /// <summary>Chosen services; read through <see cref="ServicesPageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "chosen")]
    public string? ChosenText { get; set; }

    /// <summary>Order; read through <see cref="ServicesPageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    private string Projects => string.Join(", ", fleet.Projects);

    private string Scope => fleet.Projects.Count == 1 ? $"project {Projects}, all regions" : $"{fleet.Projects.Count} projects, all regions";

    private string Total => _read is null ? "" :
        $"{(_rows.Count == _read.Value.Items.Count ? "" : $"{_rows.Count} of ")}{CloudRunWords.Count(_read.Value.Items.Count, "service")} in {CloudRunWords.Count(_read.Value.Items.Select(static s => s.Name.Location).Distinct(StringComparer.Ordinal).Count(), "region")}";

    /// <inheritdoc />
    public void Dispose() => _loads.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync(fresh: false);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _state = ServicesPageState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query);
        _query = FilterQuery.Parse(_state.Filter);
        Arrange();
    }

    /// <summary>With a box in front of each service, for changing several together.</summary>
    private IReadOnlyList<TableColumn<Service>> Columns => _withChoice ??=
        [new TableColumn<Service>("choose", "", Choice) { LongTitle = "Choose for a change of several services", Fixed = false, Sortable = false }, .. _columns];

    private async Task LoadAsync(bool fresh)
    {
        var load = _loads.RunAsync(token => fleet.ServicesAsync(fresh, token), read => _read = LastKnown.Of(read, static s => s.Name));
        StateHasChanged();
        await load;
        Arrange();
    }

    private void Arrange() => _rows = _read is null ? [] : ServiceFields.Apply(_read.Value.Items, _query, _state.Sort);

    // Typing does not fill the history: Back goes to the page before.
    private void OnFilter(string filter) => navigation.NavigateTo((_state with { Filter = filter }).ToUrl(), replace: true);

    private void OnChoice(ResourceName service) => navigation.NavigateTo(
        (_state with { Chosen = _state.Chosen.Contains(service) ? [.. _state.Chosen.Where(c => c != service)] : [.. _state.Chosen, service] }).ToUrl(), replace: true);

    private void OnSort(TableSort sort) => navigation.NavigateTo((_state with { Sort = sort }).ToUrl(), replace: true);
}
