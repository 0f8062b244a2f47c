using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;
using OpsConsole.Web.Access;
using OpsConsole.Web.BackgroundActivity.PerService.Accepting;
using OpsConsole.Web.BackgroundActivity.Pictures;
using OpsConsole.Web.Controls;
using Radzen;

namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>Background activity of one service: what it does, since when, what would cure it, and which requests prove it.</summary>
public sealed partial class ServiceWorkPage
{
    private static readonly IReadOnlyList<FilterHint> Hints =
        [.. LateRequests.Fields.All.Select(field => new FilterHint(field.Key, field.Meaning, field.Example))];

    private ServiceWorkState _state = new() { Project = "", Location = "", Service = "" };
    private IReadOnlyList<PaneTab> _tabs = [];
    private IReadOnlyList<TableColumn<LateRequest>> _columns = [];
    private string? _acceptedProblem;
    private IReadOnlyDictionary<string, Acceptance> _accepted = new Dictionary<string, Acceptance>(StringComparer.Ordinal);
    private bool _mayAccept;
    private bool _mayExport;

    private bool _built;
    private ServiceSummary? _service;
    private RevisionSummary? _one;
    private string _sentence = "";
    private IReadOnlyList<Finding> _findings = [];
    private LateRequests _late = new([], 0);
    private UndecidedLines _undecided = UndecidedLines.None;
    private RequestView? _request;
    private TailHistogram? _tails;
    private IReadOnlyList<TrendBar> _points = [];
    private TimeSpan _step;
    private double? _maxTail;

    [Parameter]
    public string Project { get; set; } = "";

    [Parameter]
    public string Location { get; set; } = "";

    [Parameter]
    public string Service { get; set; } = "";

    [SupplyParameterFromQuery(Name = "source")]
    public string? SourceId { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "revision")]
    public string? Revision { get; set; }

    [SupplyParameterFromQuery(Name = "late")]
    public string? Late { get; set; }

    [SupplyParameterFromQuery(Name = "finding")]
    public string? FindingId { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "request")]
    public string? RequestId { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [Inject]
    private Acceptances Acceptances { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private ResourceName Resource => ResourceName.Service(Project, Location, Service);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _columns = LateRequestColumns.Columns(row => (_state with { Request = row.InsertId }).ToUrl());
        _mayAccept = await Actor.MayAsync(Permission.AcceptFindings);
        _mayExport = await Actor.MayAsync(Permission.ExportEvidence);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var tab = ServiceWorkState.ParseTab(Tab);
        _state = new ServiceWorkState
        {
            Project = Project,
            Location = Location,
            Service = Service,
            Source = SourceId ?? "",
            Tab = tab,
            Revision = Revision ?? "",
            Late = ServiceWorkState.ParseLate(Late),
            Finding = FindingId ?? "",
            Filter = Filter?.Trim() ?? "",
            Sort = ServiceWorkState.ParseSort(Sort, tab),
            Request = RequestId ?? "",
            From = ServiceWorkState.ParseTime(From),
            To = ServiceWorkState.ParseTime(To),
        };
        Follow(_state.Source, Project);
        await LoadAcceptedAsync();
        await RefreshAsync();
    }

    /// <inheritdoc/>
    protected override Action Build()
    {
        var (state, analysis) = (_state, Follower?.Shown);
        if (analysis is null || ServiceSummary.Of(analysis, state.Project, state.Location, state.Service) is not { } service)
        {
            return () => (_built, _service) = (analysis is not null, null);
        }

        bool Included(RevisionKey key) =>
            key.Service == state.Service && key.Location == state.Location && key.Project == state.Project
            && (state.Revision.Length == 0 || key.Revision == state.Revision);

        var revisions = service.Revisions.Where(revision => Included(revision.Key)).ToList();
        IReadOnlyList<Finding> findings = [.. service.Findings.Where(finding => Included(finding.Revision))];
        var late = LateRequests.Of(analysis, state.On(ServiceWorkState.RequestsTab), Included);
        var request = state.Tab == ServiceWorkState.RequestsTab && state.Request.Length > 0 ? RequestView.Find(analysis, state.Request) : -1;
        var view = request < 0 ? null : RequestView.Of(analysis, request);
        var undecided = state.Tab == ServiceWorkState.UndecidedTab ? UndecidedLines.Of(analysis, state.Filter, state.Sort, Included) : UndecidedLines.None;
        var time = state.Tab == ServiceWorkState.TimeTab;
        var tails = time ? TailHistogram.Of(analysis, Included) : null;
        var trend = time ? Trend.Of(analysis, Included) : null;
        return () =>
        {
            _built = true;
            _service = service;
            _one = revisions.Count == 1 ? revisions[0] : null;
            _maxTail = revisions.Max(revision => revision.MaxTailSeconds);
            _sentence = ServiceSentence.Of(service, state.Revision);
            _findings = findings;
            _late = late;
            _undecided = undecided;
            _request = view;
            _tails = tails;
            _points = trend is null ? [] : TrendSum.Of(trend);
            _step = trend?.Step ?? TimeSpan.Zero;
            _tabs =
            [
                new(ServiceWorkState.FindingsTab, $"Findings ({findings.Count})", state.On(ServiceWorkState.FindingsTab).ToUrl()),
                new(ServiceWorkState.RequestsTab, $"Requests that went on ({Durations.Count(late.Total)})", state.On(ServiceWorkState.RequestsTab).ToUrl()),
                new(ServiceWorkState.UndecidedTab, $"Undecided ({Durations.Count(revisions.Sum(static revision => revision.UnattributedEntries))})", state.On(ServiceWorkState.UndecidedTab).ToUrl()),
                new(ServiceWorkState.TimeTab, "Over time", state.On(ServiceWorkState.TimeTab).ToUrl()),
            ];
        };
    }

    // Without the database the findings are shown all the same, as if none had been accepted, and that is said.
    private async Task LoadAcceptedAsync()
    {
        try
        {
            _accepted = await Acceptances.CurrentAsync(Project, CancellationToken.None);
            _acceptedProblem = null;
        }
        catch (AuditUnavailableException e)
        {
            _acceptedProblem = e.Message;
        }
    }

    private string RevisionHref(string revision) => (_state with { Revision = _state.Revision == revision ? "" : revision }).ToUrl();

    private string FindingHref(Finding finding) => (_state with { Tab = ServiceWorkState.RequestsTab, Finding = finding.Id, Request = "" }).ToUrl();

    private string EvidenceHref(string format) => Urls.BackgroundEvidence(
        Follower!.Source.Id, format, new RevisionKey(_state.Project, _state.Location, _state.Service, ""), _state.Revision);

    private void ChooseSource(string source) => Go(_state with { Source = source, Request = "" });

    private void ChooseFilter(string filter) => Navigation.NavigateTo((_state with { Filter = filter.Trim() }).ToUrl(), replace: true);

    private void ChooseLate(ChangeEventArgs e) => Go(_state with { Late = ServiceWorkState.ParseLate(e.Value as string) });

    private void ChooseSort(TableSort sort) => Go(_state with { Sort = sort });

    private void Go(ServiceWorkState state) => Navigation.NavigateTo(state.ToUrl());

    private string RequestsFooter()
    {
        var shown = Words.Count(_late.Total, "request", "requests") + " went on after the response";
        return _late.Rows.Count == _late.Total ? shown : $"{_late.Rows.Count.ToString("N0", CultureInfo.InvariantCulture)} of {shown}";
    }

    private async Task AcceptAsync(Finding finding)
    {
        var recorded = await Dialogs.OpenAsync<AcceptForm>(
            _accepted.ContainsKey(finding.Id) ? "Take the acceptance back" : "Accept a finding",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(AcceptForm.Finding)] = finding,
                [nameof(AcceptForm.Current)] = _accepted.GetValueOrDefault(finding.Id),
                [nameof(AcceptForm.OnDone)] = EventCallback.Factory.Create<bool>(this, done => Dialogs.Close(done)),
            },
            new DialogOptions { Width = "560px", AutoFocusFirstElement = true, CloseDialogOnEsc = true });
        if (recorded is true)
        {
            await LoadAcceptedAsync();
            StateHasChanged();
        }
    }
}
