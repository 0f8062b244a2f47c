using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.CloudRun;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Changes;

/// <summary>All changes of all projects: those under way, and those that the audit trail holds.</summary>
public sealed partial class ChangesPage(FleetCache fleet, ChangeHistory history, ChangeBoard board, TimeProvider time, NavigationManager navigation) : IDisposable
{
    private readonly LatestOnly _loads = new();
    private ChangesPageState _state = ChangesPageState.Default;
    private FilterQuery _query = FilterQuery.Empty;
    private int _loaded;
    private DateTimeOffset? _at;
    private string? _failure;
    private IReadOnlyList<ChangeRun> _recorded = [];
    private IReadOnlyList<ChangeRun> _all = [];
    private IReadOnlyList<ChangeRun> _rows = [];

    /// <summary>Filter; read through <see cref="ChangesPageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    /// <summary>Order; read through <see cref="ChangesPageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Window; read through <see cref="ChangesPageState"/>.</summary>
    [SupplyParameterFromQuery(Name = "days")]
    public string? Days { get; set; }

    private string Scope => fleet.Projects.Count == 1 ? $"made from this console, project {fleet.Projects[0]}" : $"made from this console, {fleet.Projects.Count} projects";

    private string Total
    {
        get
        {
            var running = _all.Count(static r => !r.IsOver);
            var shown = _rows.Count == _all.Count ? "" : $"{_rows.Count} of ";
            return $"{shown}{CloudRunWords.Count(_all.Count, "change")} in the last {(_state.Days == 1 ? "day" : $"{_state.Days} days")}{(running > 0 ? $", {running} under way" : "")}";
        }
    }

    /// <inheritdoc />
    public void Dispose() => _loads.Dispose();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _state = ChangesPageState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query);
        _query = FilterQuery.Parse(_state.Filter);
        Arrange();
        if (_loaded != _state.Days)
        {
            _loaded = _state.Days;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var load = _loads.RunAsync(ReadAsync, read => (_recorded, _failure, _at) = (read.Runs, read.Failure, time.GetUtcNow()));
        StateHasChanged();
        await load;
        Arrange();
    }

    private async Task<(IReadOnlyList<ChangeRun> Runs, string? Failure)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await history.SinceAsync(fleet.Projects, time.GetUtcNow().AddDays(-_state.Days), cancellationToken), null);
        }
        catch (AuditUnavailableException e)
        {
            return ([], e.Message);
        }
    }

    // The board knows more of a change that is under way than the trail does.
    private void Arrange()
    {
        var live = board.All.ToDictionary(static r => r.Id, StringComparer.Ordinal);
        _all = [.. live.Values, .. _recorded.Where(r => !live.ContainsKey(r.Id))];
        _rows = ChangeFields.Apply(_all, _query, _state.Sort);
    }

    private void OnStep(ChangeRun run) => Arrange();

    private void OnFilter(string filter) => navigation.NavigateTo((_state with { Filter = filter }).ToUrl(), replace: true);

    private void OnSort(TableSort sort) => navigation.NavigateTo((_state with { Sort = sort }).ToUrl(), replace: true);

    private void OnWindow(ChangeEventArgs e)
    {
        if (int.TryParse(e.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days))
        {
            navigation.NavigateTo((_state with { Days = days }).ToUrl(), replace: true);
        }
    }
}
