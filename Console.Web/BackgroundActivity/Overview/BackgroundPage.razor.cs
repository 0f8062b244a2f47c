using Microsoft.AspNetCore.Components;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.Overview;

/// <summary>Background activity of the fleet: one row a revision.</summary>
public sealed partial class BackgroundPage
{
    private static readonly IReadOnlyList<FilterHint> Hints =
        [.. FleetColumns.Fields.All.Select(field => new FilterHint(field.Key, field.Meaning, field.Example))];

    private BackgroundPageState _state = new();
    private FleetSummary? _fleet;
    private IReadOnlyList<FleetRow> _all = [];
    private IReadOnlyList<FleetRow> _rows = [];
    private IReadOnlyList<TableColumn<FleetRow>> _columns = [];

    [SupplyParameterFromQuery(Name = "source")]
    public string? SourceId { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized() => _columns = FleetTable.Columns();

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        _state = BackgroundPageState.Parse(SourceId, Filter, Sort);
        Follow(_state.Source, CloudRun.Projects);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override Action Build()
    {
        var shown = Followers.Where(follower => follower.Shown is not null).Select(follower => (follower.Source.Id, Analysis: follower.Shown!)).ToList();
        var state = _state;
        IReadOnlyList<FleetRow> all = [.. shown.SelectMany(s => s.Analysis.Revisions.Select(revision => new FleetRow(s.Id, revision)))];
        var rows = FleetColumns.Ordered(FleetColumns.Fields.Where(all, FilterQuery.Parse(state.Filter)), state.Sort);
        var fleet = shown.Count == 0 ? null : FleetSummary.Of(shown.Select(s => s.Analysis));
        return () => (_fleet, _all, _rows) = (fleet, all, rows);
    }

    private void ChooseSource(string source) => Go(_state with { Source = source });

    private void ChooseFilter(string filter) => Navigation.NavigateTo((_state with { Filter = filter.Trim() }).ToUrl(), replace: true);

    private void ChooseSort(TableSort sort) => Go(_state with { Sort = sort });

    private void Go(BackgroundPageState state) => Navigation.NavigateTo(state.ToUrl());

    private string Footer()
    {
        var late = _rows.Sum(row => (long)row.Summary.RequestsWithAfterResponse);
        var requests = _rows.Sum(row => (long)row.Summary.Requests);
        var shown = _rows.Count == _all.Count ? Words.Count(_all.Count, "revision", "revisions") : $"{_rows.Count} of {Words.Count(_all.Count, "revision", "revisions")}";
        return $"{shown} · {Words.Count(requests, "request", "requests")}, {Durations.Count(late)} with work after the response ({Durations.Share(late, requests)})";
    }
}
