using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Access;
using OpsConsole.Web.Changes.Forms;
using OpsConsole.Web.CloudRun;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Changes.Bulk;

/// <summary>Several services, one change, one plan per service, and one click that applies them.</summary>
public sealed partial class NewBulkPage(
    FleetCache fleet, BulkPlanner planner, BulkRunner runner, ChangeRules rules, BulkRules bulkRules, IChangeVerdicts verdicts, CurrentActor who, NavigationManager navigation) : IDisposable
{
    private readonly LatestOnly _loads = new();
    private readonly LatestOnly _plans = new();
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private NewBulkState _state = NewBulkState.Empty;
    private Reading<Fleet<Service>>? _fleet;
    private IReadOnlyList<Service> _chosen = [];
    private IReadOnlyList<ChangeSubject> _subjects = [];
    private int _tooMany;
    private IReadOnlyList<ChangeField> _fields = [];
    private string _shownForm = "";
    private (string Text, string At) _formProblem = ("", "");
    private Change? _plannedChange;
    private string _plannedFor = "";
    private BulkPlan? _plan;
    private int _planned;
    private string _reason = "";
    private string? _typed;
    private bool _receiptFirst;
    private bool _busy;
    private string _problem = "";

    /// <summary>Read through <see cref="NewBulkState"/>, as are the others.</summary>
    [SupplyParameterFromQuery(Name = "services")]
    public string? Services { get; set; }

    /// <summary>Filter.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    /// <summary>The form that is open.</summary>
    [SupplyParameterFromQuery(Name = "form")]
    public string? Form { get; set; }

    /// <summary>The change.</summary>
    [SupplyParameterFromQuery(Name = "what")]
    public string? What { get; set; }

    /// <summary>Services left out.</summary>
    [SupplyParameterFromQuery(Name = "without")]
    public string? Without { get; set; }

    /// <summary>The service whose plan is shown in full.</summary>
    [SupplyParameterFromQuery(Name = "open")]
    public string? Open { get; set; }

    private string Scope => _fleet is null ? "" : CloudRunWords.Count(_chosen.Count, "service");

    private BulkPlan Kept => _plan!.Only(r => r.Plan is not null && !_state.Without.Contains(r.Resource));

    private string ApplyText => Kept is var kept && kept.Ready.Count is var count && kept.NeedApproval is > 0 and var asked
        ? asked == count ? $"Ask for approval for {CloudRunWords.Count(asked, "service")}" : $"Apply to {CloudRunWords.Count(count - asked, "service")}, and ask for approval for {asked}"
        : $"Apply to {CloudRunWords.Count(Kept.Ready.Count, "service")}";

    private string WhyNotYet =>
        _busy ? "Recording…"
        : Kept.Ready.Count == 0 ? "None of these services can be changed so."
        : (rules.ReasonRequired || Kept.NeedApproval > 0) && string.IsNullOrWhiteSpace(_reason) ? "Give a reason first."
        : Kept.TypeToConfirm is { } confirm && _typed?.Trim() != confirm ? $"Type '{confirm}' to confirm."
        : "";

    private string Total
    {
        get
        {
            var ready = Kept.Ready;
            var rest = _plan!.Rows.GroupBy(static r => r.State).Where(static g => g.Key != BulkRowState.Waiting).Select(static g => $"{g.Count()} {BulkWords.Of(g.Key)}");
            var money = Kept.MonthlyDifference is { } difference && ready.Count > 0
                ? Math.Abs(difference) < 0.01m ? " Together they cost about the same." : string.Create(CultureInfo.InvariantCulture, $" Together about ${Math.Abs(difference):0.00} a month {(difference > 0 ? "more" : "less")}.")
                : "";
            return $"{ready.Count} of {_plan.Rows.Count} would be changed{string.Concat(rest.Select(static r => $", {r}"))}.{money}";
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _loads.Dispose();
        _plans.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _state = NewBulkState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query);
        await _loads.RunAsync(token => fleet.ServicesAsync(fresh: false, token), read => _fleet = read);
        await ShowAsync();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _state = NewBulkState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query);
        if (_fleet is not null)
        {
            await ShowAsync();
        }
    }

    private static string CostWord(Plan plan) => plan.Cost switch
    {
        { Before: { } before, After: { } after } when before != after => string.Create(CultureInfo.InvariantCulture, $"{(after > before ? "+" : "−")}${Math.Abs(after - before):0.00} a month"),
        { Direction: CostDirection.Up } => "more",
        { Direction: CostDirection.Down } => "less",
        { Direction: CostDirection.Same } => "the same",
        _ => "not known",
    };

    private ChangeSubject? Sample(ChangeForm form) => _subjects.FirstOrDefault(form.Offers);

    private async Task ShowAsync()
    {
        if (_fleet is null)
        {
            return;
        }

        var items = _fleet.Value.Items;
        IReadOnlyList<Service> all = _state.Services.Count > 0
            ? [.. _state.Services.Select(n => items.FirstOrDefault(s => s.Name == n)).OfType<Service>()]
            : ServiceFields.Apply(items, FilterQuery.Parse(_state.Filter), ServicesPageState.Default.Sort);
        (_chosen, _tooMany) = ([.. all.Take(BulkPlan.MostServices)], Math.Max(0, all.Count - BulkPlan.MostServices));
        _subjects = [.. _chosen.Select(static s => new ChangeSubject(s.Name) { Service = s })];
        ShowForm();
        if (_state.What is { } change && _chosen.Count > 0)
        {
            await PlanAsync(change);
        }
    }

    private void ShowForm()
    {
        if (_shownForm == _state.Form)
        {
            return;
        }

        _shownForm = _state.Form;
        _formProblem = ("", "");
        _values.Clear();
        _fields = ChangeForms.Find(_state.Form) is { } form && Sample(form) is { } sample ? form.FieldsForSeveral(sample) : [];
        foreach (var field in _fields)
        {
            _values[field.Key] = field.Value;
        }
    }

    private async Task PlanAsync(Change change)
    {
        var forWhich = ServiceSet.Print(_chosen.Select(static s => s.Name));
        if (_plannedChange == change && _plannedFor == forWhich)
        {
            return;
        }

        (_plannedChange, _plannedFor, _plan, _planned, _problem) = (change, forWhich, null, 0, "");
        var progress = new Told(count => _ = InvokeAsync(() =>
        {
            _planned = count;
            StateHasChanged();
        }));
        var plans = _plans.RunAsync(token => planner.PlanAsync([.. _chosen.Select(static s => s.Name)], change, progress, token), plan => _plan = plan);
        StateHasChanged();
        await plans;
        StateHasChanged();
    }

    private IReadOnlyList<string> ProblemsOf(ChangeField field) => field.Key == _formProblem.At ? [_formProblem.Text] : [];

    private void OnValue((string Key, string Value) input) => _values[input.Key] = input.Value;

    private void OnSubmit()
    {
        if (ChangeForms.Find(_state.Form) is not { } form || Sample(form) is not { } sample)
        {
            return;
        }

        var reading = form.ReadForSeveral(sample, _values);
        _formProblem = (reading.Problem, reading.Field);
        if (reading.Change is { } change)
        {
            navigation.NavigateTo((_state with { What = change, Form = "" }).ToUrl());
        }
    }

    private void Toggle(ResourceName service) => navigation.NavigateTo(
        (_state with { Without = _state.Without.Contains(service) ? [.. _state.Without.Where(w => w != service)] : [.. _state.Without, service] }).ToUrl(), replace: true);

    private async Task ApplyAsync()
    {
        if (WhyNotYet.Length > 0)
        {
            return;
        }

        _busy = true;
        try
        {
            var start = await runner.StartAsync(await who.GetAsync(), Kept, _reason, _typed, _receiptFirst, CancellationToken.None);
            if (start.IsOk)
            {
                navigation.NavigateTo(Urls.Bulk(start.Run.Id));
            }
            else
            {
                _problem = start.Error;
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
