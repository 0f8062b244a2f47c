using Microsoft.AspNetCore.Components;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.PerRequest;

/// <summary>One request with its waterfall, by link.</summary>
public sealed partial class RequestPage
{
    private RequestState _state = new();
    private RequestView? _view;
    private bool _looked;

    [SupplyParameterFromQuery(Name = "source")]
    public string? SourceId { get; set; }

    [SupplyParameterFromQuery(Name = "insertId")]
    public string? InsertId { get; set; }

    [SupplyParameterFromQuery(Name = "ts")]
    public string? At { get; set; }

    [SupplyParameterFromQuery(Name = "zoom")]
    public string? Zoom { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Filter { get; set; }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        var state = RequestState.Parse(SourceId, InsertId, At, Zoom, Filter);
        if (state.InsertId != _state.InsertId || state.At != _state.At || state.Source != _state.Source)
        {
            (_view, _looked) = (null, false);
        }

        _state = state;
        FollowOne(_state.Source);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override Action Build()
    {
        var (state, analysis) = (_state, Follower?.Shown);
        if (analysis is null)
        {
            return () => _looked = false;
        }

        var request = RequestView.Find(analysis, state.InsertId, state.At);
        var view = request < 0 ? null : RequestView.Of(analysis, request);

        // A request that left the live window stays on the screen of who reads it.
        return () => (_view, _looked) = (view ?? _view, true);
    }

    private void ChooseZoom(string zoom) => Navigation.NavigateTo((_state with { Zoom = zoom }).ToUrl(), replace: true);

    private void ChooseFilter(string filter) => Navigation.NavigateTo((_state with { Filter = filter }).ToUrl(), replace: true);
}
