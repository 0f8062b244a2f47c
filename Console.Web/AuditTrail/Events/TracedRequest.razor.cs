using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.Access;
using Trace = OpsConsole.Core.Logs.TraceId;

namespace OpsConsole.Web.AuditTrail.Events;

/// <summary>The request that an event belongs to, found by trace id in the logs that are open in this console.</summary>
public sealed partial class TracedRequest
{
    private IReadOnlyList<TraceRequest> _found = [];
    private RequestView? _view;
    private int _chosen;
    private bool _looked;
    private bool _may;

    /// <summary>32 hexadecimal digits; null where the event has none.</summary>
    [Parameter, EditorRequired]
    public string? TraceId { get; set; }

    /// <summary>Time of the event.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    /// <summary>Beside a list.</summary>
    [Parameter]
    public bool Compact { get; set; }

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _may = await Actor.MayAsync(Permission.ViewBackgroundActivity);
        if (_may && TraceId is not null)
        {
            // Following keeps the live logs read; what is open besides them is looked at too.
            Follow(null, CloudRun.Projects);
            await RefreshAsync();
        }
    }

    /// <inheritdoc/>
    protected override Action Build()
    {
        if (_view is { } shown)
        {
            // What was found stays on the screen of who reads it; what was too young to be judged is added to it.
            var more = shown.IsSettling ? ViewOf(_found[_chosen]) : null;
            return () => _view = ReferenceEquals(_view, shown) ? more ?? shown : _view;
        }

        if (!Trace.TryParse(TraceId, out var trace))
        {
            return static () => { };
        }

        var found = TraceRequests.Find(Sources, trace, CancellationToken.None);
        var view = found.Count > 0 ? ViewOf(found[0]) : null;
        var settled = Followers.All(static follower => follower.Source.State is not (SourceState.Waiting or SourceState.Reading));
        return () => (_found, _chosen, _view, _looked) = (found, 0, view, settled);
    }

    private RequestView? ViewOf(TraceRequest request) =>
        Catalog.FindFor(Viewer.Now, request.Source)?.Current is { } analysis && RequestView.Find(analysis, request.InsertId, request.At) is >= 0 and var at ? RequestView.Of(analysis, at) : null;

    private async Task ChooseAsync(ChangeEventArgs e)
    {
        if (int.TryParse(e.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && chosen < _found.Count
            && await Task.Run(() => ViewOf(_found[chosen])) is { } view)
        {
            (_chosen, _view) = (chosen, view);
        }
    }
}
