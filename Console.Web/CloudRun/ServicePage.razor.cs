using Microsoft.AspNetCore.Components;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.CloudRun;

/// <summary>One service: what it is set to, what is wrong with it, its revisions, one of them in full, two of them compared.</summary>
public sealed partial class ServicePage(FleetCache fleet, NavigationManager navigation) : IDisposable
{
    private readonly LatestOnly _loads = new();
    private IReadOnlyList<TableColumn<RevisionRow>>? _columns;
    private ServicePageState _state = ServicePageState.Default;
    private FilterQuery _query = FilterQuery.Empty;
    private ResourceName? _loaded;
    private Service? _service;
    private CloudRunError? _error;
    private DateTimeOffset? _at;
    private Fleet<Revision> _revisions = new([], []);
    private IReadOnlyList<RevisionRow> _all = [];
    private IReadOnlyList<RevisionRow> _rows = [];

    /// <summary>Project id.</summary>
    [Parameter]
    public string Project { get; set; } = "";

    /// <summary>Region.</summary>
    [Parameter]
    public string Region { get; set; } = "";

    /// <summary>Short name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>Filter; read through <see cref="ServicePageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    /// <summary>Order; read through <see cref="ServicePageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Selected revision; read through <see cref="ServicePageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "revision")]
    public string? Revision { get; set; }

    /// <summary>Part of the pane; read through <see cref="ServicePageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    /// <summary>Comparison; read through <see cref="ServicePageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "compare")]
    public string? Compare { get; set; }

    /// <summary>Part of the page; read through <see cref="ServicePageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    /// <summary>Reach of the history; read through <see cref="ServicePageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "days")]
    public string? Days { get; set; }

    /// <summary>Selected row of the history; read through <see cref="ServicePageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "item")]
    public string? Item { get; set; }

    private ResourceName Resource => ResourceName.Service(Project, Region, Name);

    private string Path => Urls.Service(Project, Region, Name);

    private IReadOnlyList<PaneTab> Views => [.. ServicePageState.Views.Select(v => new PaneTab(v.Key, v.Title, _state.Show(v.Key).ToUrl(Path)))];

    private string Total => $"{(_rows.Count == _all.Count ? "" : $"{_rows.Count} of ")}{CloudRunWords.Count(_all.Count, "revision")}";

    /// <inheritdoc />
    public void Dispose() => _loads.Dispose();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _state = ServicePageState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query);
        _query = FilterQuery.Parse(_state.Filter);
        Arrange();
        if (_loaded != Resource)
        {
            // Another service under the same page: nothing of the one before may stay on screen.
            _loaded = Resource;
            (_service, _error, _at, _all, _rows, _columns) = (null, null, null, [], [], null);
            await LoadAsync(fresh: false);
        }
    }

    private async Task LoadAsync(bool fresh)
    {
        var load = _loads.RunAsync(token => ReadAsync(fresh, token), Show);
        StateHasChanged();
        await load;
    }

    private async Task<(Reading<CloudResult<Service>> Service, Reading<Fleet<Revision>> Revisions)> ReadAsync(bool fresh, CancellationToken cancellationToken)
    {
        var service = fleet.ServiceAsync(Resource, fresh, cancellationToken);
        var revisions = fleet.RevisionsAsync(Resource, fresh, cancellationToken);
        await Task.WhenAll(service, revisions);
        return (await service, await revisions);
    }

    private void Show((Reading<CloudResult<Service>> Service, Reading<Fleet<Revision>> Revisions) read)
    {
        // While Google fails for the moment: what was known, with its age, under what is wrong.
        var known = read.Service.Value.IsOk ? read.Service : read.Service.Before ?? read.Service;
        _service = known.Value.Value;
        _error = read.Service.Value.Error;
        _at = known.At;
        _revisions = LastKnown.Of(read.Revisions, static r => r.Name).Value;
        _all = _service is null ? [] : RevisionRow.Of(_service, _revisions.Items);
        Arrange();
    }

    private void Arrange() => _rows = RevisionFields.Apply(_all, _query, _state.Sort);

    private void OnFilter(string filter) => navigation.NavigateTo((_state with { Filter = filter }).ToUrl(Path), replace: true);

    private void OnSort(TableSort sort) => navigation.NavigateTo((_state with { Sort = sort }).ToUrl(Path), replace: true);
}
