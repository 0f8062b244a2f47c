using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Completeness;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.AuditTrail.Completeness;

/// <summary>
/// Completeness of one service: which requests left their audit event in time, late or never. A check is an act that is recorded, so
/// it is made when the page opens and when somebody asks for it, and not each time that new log entries arrive.
/// </summary>
public sealed partial class CompletenessPage
{
    private static readonly IReadOnlyList<FilterHint> Hints =
        [.. CompletenessRows.Fields.All.Select(static field => new FilterHint(field.Key, field.Meaning, field.Example))];

    private readonly Leaving _leaving = new();
    private CompletenessPageState _state = new();
    private CompletenessPageState? _checkedState;
    private IReadOnlyList<ServiceRef> _services = [];
    private IReadOnlyList<PaneTab> _tabs = [];
    private IReadOnlyList<CompletenessRow> _rows = [];
    private IReadOnlyList<TableColumn<CompletenessRow>> _columns = [];
    private KnownRules _rules = KnownRules.Default;
    private CompletenessReport? _report;
    private AuditReceipt? _receipt;
    private string _tab = "";
    private string? _refused;
    private string? _rulesRefused;
    private bool _checking;
    private bool _mayExport;

    [SupplyParameterFromQuery(Name = "source")]
    public string? SourceId { get; set; }

    [SupplyParameterFromQuery(Name = "project")]
    public string? Project { get; set; }

    [SupplyParameterFromQuery(Name = "location")]
    public string? Location { get; set; }

    [SupplyParameterFromQuery(Name = "service")]
    public string? Service { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [Inject]
    private CompletenessChecks Checks { get; set; } = default!;

    [Inject]
    private CompletenessRuleBook RuleBook { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => _mayExport = await Actor.MayAsync(Permission.ExportAudit);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _state = new CompletenessPageState
        {
            Source = SourceId ?? "",
            Project = Project ?? "",
            Location = Location ?? "",
            Service = Service ?? "",
            From = CompletenessPageState.ParseTime(From),
            To = CompletenessPageState.ParseTime(To),
            Tab = CompletenessPageState.ParseTab(Tab),
            Filter = Filter?.Trim() ?? "",
            Sort = TableSort.Parse(Sort, CompletenessPageState.DefaultSort, CompletenessRows.SortKeys),
        };
        if (_checkedState is not null && !_checkedState.AsksTheSame(_state))
        {
            (_checkedState, _report, _refused) = (null, null, null);
        }

        Follow(_state.Source, _state.Project.Length > 0 ? [_state.Project] : CloudRun.Projects);
        Arrange();
        await RefreshAsync();
        await CheckOnceAsync();
    }

    /// <inheritdoc/>
    protected override Action Build()
    {
        IReadOnlyList<ServiceRef> services = Follower?.Shown is { } analysis
            ? [.. ServiceSummary.All(analysis).Select(static s => new ServiceRef(s.Project, s.Location, s.Service)).OrderBy(static s => s.Service, StringComparer.Ordinal)]
            : [];
        return () =>
        {
            _services = _state.Of is { } chosen && !services.Contains(chosen) ? [.. services, chosen] : services;
            if (_checkedState is null && _state.Of is not null)
            {
                // The logs have come while the page was open.
                _ = InvokeAsync(CheckOnceAsync);
            }
        };
    }

    /// <inheritdoc/>
    protected override void OnLeaving()
    {
        _leaving.Dispose();
    }

    private Task CheckAgainAsync()
    {
        _checkedState = null;
        return CheckOnceAsync();
    }

    /// <summary>Makes the check that the address asks for, once, as soon as the logs are there.</summary>
    private async Task CheckOnceAsync()
    {
        if (_checking || _checkedState is not null || _state.Of is not { } service
            || Follower is not { Shown: { } analysis, Source: var source } || source.State is SourceState.Waiting or SourceState.Reading)
        {
            return;
        }

        var state = _state;
        (_checking, _checkedState, _refused) = (true, state, null);
        StateHasChanged();
        try
        {
            _rules = await RuleBook.FindAsync(service, _leaving.Token);
            var (from, to) = CompletenessWindow.Of(source, state.From, state.To, Time.GetUtcNow());
            var question = new CompletenessQuestion
            {
                Source = source.Id,
                Analysis = analysis,
                Service = service,
                From = from,
                To = to,
                Rules = _rules,
                Purpose = "page",
            };
            var answer = await Checks.RunAsync(await Actor.GetAsync(), question, _leaving.Token);
            if (!state.AsksTheSame(_state))
            {
                return;
            }

            var done = answer as CompletenessAnswer.Done;
            (_report, _receipt, _refused) = (done?.Report, done?.Receipt, (answer as CompletenessAnswer.Refused)?.Sentence);
        }
        catch (AuditUnavailableException e)
        {
            (_report, _refused) = (null, e.Message);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _checking = false;
        }

        Arrange();
        StateHasChanged();
        if (!state.AsksTheSame(_state))
        {
            await CheckOnceAsync();
        }
    }

    private async Task SaveRulesAsync(CompletenessRules rules)
    {
        var (known, refused) = await RuleBook.SetAsync(await Actor.GetAsync(), _state.Of!, _rules.Rules, rules, _leaving.Token);
        _rulesRefused = refused;
        if (known is not null)
        {
            await CheckAgainAsync();
        }
    }

    /// <summary>Tabs, rows and columns of the report that is there.</summary>
    private void Arrange()
    {
        if (_report is null || Follower is null)
        {
            return;
        }

        var gravest = CompletenessRows.Gravest(_report);
        _tab = _state.Tab.Length > 0 ? _state.Tab : gravest.Word();
        _tabs =
        [
            .. CompletenessWords.All
                .Where(state => state is CompletenessState.Missing or CompletenessState.Late or CompletenessState.InTime || _report.Count(state) > 0 || _tab == state.Word())
                .Select(state => Part(state.Word(), $"{Title(state)} ({Number(_report.Count(state))})")),
            Part(CompletenessPageState.ExtraTab, $"Events without a request ({Number(_report.Extra.Count)})"),
            Part(CompletenessPageState.RulesTab, $"Rules ({(_rules.At is null ? "default" : Number(_rules.Rules.Rules.Count))})"),
        ];
        if (CompletenessWords.Parse(_tab) is { } shown)
        {
            _rows = CompletenessRows.Of(_report, shown, _state.Filter, _state.Sort);
            _columns = CompletenessColumns.Requests(Follower.Source.Id, shown is CompletenessState.Late or CompletenessState.InTime);
        }

        PaneTab Part(string key, string title) => new(key, title, (_state with { Tab = key, Filter = "", Sort = CompletenessPageState.DefaultSort }).ToUrl());
    }

    private static string Title(CompletenessState state) => state switch
    {
        CompletenessState.Missing => "None",
        CompletenessState.Late => "Late",
        CompletenessState.Undecidable => "No trace id",
        CompletenessState.NotDue => "Not due yet",
        _ => "In time",
    };

    private string TableCaption() => $"Requests of {_report!.Service.Service}: {_tab}";

    private string Footer()
    {
        var all = CompletenessWords.Parse(_tab) is { } state ? _report!.Count(state) : 0;
        var text = Words.Count(all, "request", "requests");
        return (_rows.Count == all ? text : $"{Number(_rows.Count)} of {text}")
            + $", {TimeText.Exact(_report!.From, TimeZoneInfo.Utc)} to {TimeText.Exact(_report.To, TimeZoneInfo.Utc)}";
    }

    private string EmptyWords() => CompletenessWords.Parse(_tab) switch
    {
        CompletenessState.Missing => "Requests that must leave an audit event and left none would be listed here.",
        CompletenessState.Late => "Requests whose audit event came after the response would be listed here.",
        _ => "Requests whose audit event was there when the response was sent would be listed here.",
    };

    private string AskedWords() => _checking ? "Comparing requests with events…"
        : _report is null ? ""
        : $"Checked {TimeText.Exact(_report.AsOf, TimeZoneInfo.Utc)}, {(_rules.At is null ? "by the default rules" : $"by the rules that {_rules.By} set")}; recorded as event {Number(_receipt!.Sequence)}.";

    private void ChooseSource(string source) => Go(_state with { Source = source });

    private void ChooseService(ChangeEventArgs e)
    {
        var service = _services.FirstOrDefault(s => ServiceKey(s) == e.Value as string);
        Go(_state with { Project = service?.Project ?? "", Location = service?.Location ?? "", Service = service?.Service ?? "", Tab = "", Filter = "" });
    }

    private void ChooseFilter(string filter) => Navigation.NavigateTo((_state with { Filter = filter.Trim() }).ToUrl(), replace: true);

    private void Go(CompletenessPageState state) => Navigation.NavigateTo(state.ToUrl());

    private static string ServiceKey(ServiceRef? service) => service is null ? "" : $"{service.Project}/{service.Location}/{service.Service}";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
