using Microsoft.AspNetCore.Components;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.PerInstance;

/// <summary>The life of one instance, by link.</summary>
public sealed partial class InstancePage
{
    private InstanceState _state = new();
    private InstanceView? _view;
    private bool _looked;

    [SupplyParameterFromQuery(Name = "source")]
    public string? SourceId { get; set; }

    [SupplyParameterFromQuery(Name = "instance")]
    public string? Instance { get; set; }

    [SupplyParameterFromQuery(Name = "zoom")]
    public string? Zoom { get; set; }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        var state = InstanceState.Parse(SourceId, Instance, Zoom);
        if (state with { Zoom = _state.Zoom } != _state)
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

        var instance = InstanceView.Find(analysis, state.Instance);
        var view = instance < 0 ? null : InstanceView.Of(analysis, instance);

        // An instance that left the live window stays on the screen of who reads it.
        return () => (_view, _looked) = (view ?? _view, true);
    }

    private void ChooseZoom(InstanceZoom zoom) => Navigation.NavigateTo((_state with { Zoom = zoom }).ToUrl(), replace: true);
}
