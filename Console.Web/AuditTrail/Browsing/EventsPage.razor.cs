using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.AuditTrail.Browsing;

/// <summary>
/// The list of events. Each page of it is read once and is on the record itself; to open an event or to change the columns reads nothing anew.
/// </summary>
public sealed partial class EventsPage : IDisposable
{
    /// <summary>Rows of a page.</summary>
    private const int Rows = 100;

    private readonly LatestOnly _search = new();
    private readonly LatestOnly _around = new();
    private readonly Leaving _leaving = new();
    private IReadOnlyList<TableColumn<AuditRecord>> _columns = [];
    private EventsPageState _state = new();
    private EventsPageState? _shown;
    private EventsPageState? _counted;
    private AuditPage? _page;
    private AuditCount? _count;
    private IReadOnlyList<AuditFacet> _facets = [];
    private IReadOnlyList<string> _problems = [];
    private IReadOnlyList<SavedView> _views = [];
    private string? _refused;
    private string? _viewProblem;
    private bool _mayExport;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "last")]
    public string? Last { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "in")]
    public string? OpenWorkspace { get; set; }

    [SupplyParameterFromQuery(Name = "event")]
    public string? OpenId { get; set; }

    [SupplyParameterFromQuery(Name = "part")]
    public string? Part { get; set; }

    [Inject]
    private EventBrowser Browser { get; set; } = default!;

    [Inject]
    private SavedViews SavedViews { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _search.Dispose();
        _around.Dispose();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _state = ParseAddress();
        _mayExport = await Actor.MayAsync(Permission.ExportAudit);
        await ReadViewsAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _state = ParseAddress();
        _columns = EventColumns.Of(row => (_state with { OpenWorkspace = row.Event.Workspace, OpenId = row.Event.Id }).ToUrl());
        _problems = EventFilter.Problems(FilterQuery.Parse(_state.Filter));
        if (_shown is null || !_shown.AsksTheSame(_state))
        {
            await SearchAgainAsync();
        }
    }

    private EventsPageState ParseAddress() => EventsPageState.Parse(Filter, Last, From, To, After, OpenWorkspace, OpenId, Part);

    private async Task SearchAgainAsync()
    {
        var state = _state;
        (_shown, _refused) = (state, null);
        if (_problems.Count > 0)
        {
            (_page, _count, _facets, _counted) = (new AuditPage([], null), null, [], null);
            return;
        }

        var query = state.Query(Time.GetUtcNow());
        var actor = await Actor.GetAsync();
        BrowseAnswer<AuditPage>? answer = null;
        var kept = await _search.RunAsync(
            cancellationToken => Browser.SearchAsync(actor, query, state.After, Rows, cancellationToken),
            found => answer = found);
        if (!kept || answer is null)
        {
            return;
        }

        (_page, _refused) = (answer.Value, answer.Refused);
        StateHasChanged();
        if (_page is not null && (_counted is null || !_counted.AsksForTheSame(state) || state.After is null))
        {
            await CountAsync(actor, state, query);
        }
    }

    // After the rows: on a large log counting takes longer than reading a page.
    private async Task CountAsync(Actor actor, EventsPageState state, AuditQuery query)
    {
        _counted = state;
        try
        {
            await _around.RunAsync(
                async cancellationToken => (Count: await Browser.CountAsync(actor, query, cancellationToken), Facets: await Browser.FacetsAsync(actor, query, cancellationToken)),
                found => (_count, _facets) = (WholePage(state) is { } rows ? new AuditCount(rows, Estimated: false) : found.Count, found.Facets));
        }
        catch (AuditUnavailableException)
        {
            // The rows are there; that their number is not known is said below them.
            (_count, _facets, _counted) = (null, [], null);
        }
    }

    // The count has the event of this very search, which the list leaves out: where all fits on one page, that is the number.
    private int? WholePage(EventsPageState state) => state.After is null && _page is { Next: null, Records: var records } ? records.Count : null;

    private async Task ReadViewsAsync()
    {
        try
        {
            _views = await SavedViews.ListAsync(await Actor.GetAsync(), _leaving.Token);
            _viewProblem = null;
        }
        catch (AuditUnavailableException e)
        {
            _viewProblem = e.Message;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private async Task SaveViewAsync((string Name, bool IsShared) view) =>
        await TellAsync(SavedViews.AddAsync(await Actor.GetAsync(), view.Name, _state.ToSaved(), view.IsShared, _leaving.Token));

    private async Task RemoveViewAsync(SavedView view) => await TellAsync(SavedViews.RemoveAsync(await Actor.GetAsync(), view.By, view.Name, _leaving.Token));

    private async Task TellAsync(Task<string?> act)
    {
        var problem = await act;
        await ReadViewsAsync();
        _viewProblem = problem ?? _viewProblem;
    }

    private void ChooseFilter(string filter) => Go(_state with { Filter = filter.Trim(), After = null }, replace: true);

    private void ChooseSpan(EventSpan span) => Go(_state with { Span = span, After = null }, replace: false);

    private void Go(EventsPageState state, bool replace) => Navigation.NavigateTo(state.ToUrl(), replace: replace);

    private static string Key(AuditRecord row) => $"{row.Event.Workspace}/{row.Event.Id}";

    private string Footer()
    {
        var shown = _page!.Records.Count.ToString("N0", CultureInfo.InvariantCulture);
        return _problems.Count > 0 ? "Nothing was searched"
            : _count is not { } count ? (_around.Busy ? $"{shown} shown, counting…" : $"{shown} shown")
            : count == new AuditCount(_page.Records.Count, Estimated: false) ? $"{shown} {(count.Value == 1 ? "event" : "events")}"
            : $"{shown} of {(count.Estimated ? "about " : "")}{count.Value.ToString("N0", CultureInfo.InvariantCulture)} {(count.Value == 1 ? "event" : "events")}{(count.Estimated ? " (an estimate: more than 50,000 are not counted one by one)" : "")}";
    }
}
