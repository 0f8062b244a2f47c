using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Access;
using OpsConsole.Web.Changes.Forms;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Changes;

/// <summary>What can be changed on a resource, the plan of one change, and the change as it goes.</summary>
public sealed partial class ChangeDialog(
    ChangeDesk desk, ChangeGate gate, ChangeBoard board, ChangeHistory history, FleetCache fleet, CurrentActor who, ChangeRules rules, NavigationManager navigation) : IDisposable
{
    private readonly LatestOnly _loads = new();
    private readonly Leaving _leaving = new();
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private IDisposable? _watch;
    private ChangeAddress? _shown;
    private bool _mayChange = true;
    private ChangeSubject? _subject;
    private CloudRunError? _subjectError;

    private ChangeForm? _form;
    private IReadOnlyList<ChangeField> _fields = [];
    private IReadOnlyList<Change> _additions = [];
    private string _formProblem = "";
    private string _formProblemAt = "";
    private bool _asked;

    private DeskAnswer? _answer;
    private Plan? _plan;
    private string? _seen;
    private Meanwhile? _meanwhile;
    private string _gone = "";

    private string _reason = "";
    private string? _typed;
    private bool _busy;
    private ChangeError? _problem;
    private ChangeRun? _run;
    private ChangeRun? _other;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public ChangeAddress Address { get; set; } = default!;

    private ChangeRules Rules => rules;

    private bool IsPlanning => Address.Change is not null || Address.Form.Length > 0 || Address.Undo.Length > 0;

    private string Page => ChangeAddress.Without(new Uri(navigation.Uri).PathAndQuery);

    private string CloseHref => Page;

    private string Heading => _run?.Title ?? _plan?.Change.Title ?? Address.Change?.Title ?? _form?.Title ?? (Address.Undo.Length > 0 ? "Undo a change" : $"Change {Address.On.Id}");

    private bool CanApply => !_busy && WhyNotYet.Length == 0;

    private string WhyNotYet =>
        _loads.Busy ? "Planning…"
        : rules.ReasonRequired && string.IsNullOrWhiteSpace(_reason) ? "Give a reason first."
        : _plan?.TypeToConfirm is { } name && _typed?.Trim() != name ? $"Type {name} to confirm."
        : _other is { IsOver: false } ? "Another change of it is under way."
        : "";

    /// <inheritdoc />
    public void Dispose()
    {
        _watch?.Dispose();
        _loads.Dispose();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayChange = (await who.FindAsync())?.MayIn(Permission.ChangeServices, Address.On.Project) ?? false;
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        _watch = board.Subscribe(run => _ = InvokeAsync(() => OnBoardAsync(run)));
        _other = board.Of(Address.On).FirstOrDefault(static r => !r.IsOver);
        await LoadSubjectAsync();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_subject is not null && _shown != Address)
        {
            await ShowAsync();
        }
    }

    private async Task LoadSubjectAsync()
    {
        _subjectError = null;
        await _loads.RunAsync(ReadSubjectAsync, read => (_subject, _subjectError) = read);
        if (_subject is not null)
        {
            await ShowAsync();
        }
    }

    private async Task<(ChangeSubject? Subject, CloudRunError? Error)> ReadSubjectAsync(CancellationToken cancellationToken)
    {
        var subject = new ChangeSubject(Address.On);
        if (Address.On.Collection == "workerPools")
        {
            var pools = await fleet.WorkerPoolsAsync(fresh: false, cancellationToken);
            return pools.Value.Items.FirstOrDefault(p => p.Name == Address.On) is { } pool ? (subject with { Pool = pool }, null)
                : (null, pools.Value.Failures is [var failure, ..] ? failure.Error : new CloudRunError.NotFound($"The worker pool {Address.On.Id}"));
        }

        if (Address.On.Collection == "jobs")
        {
            var jobs = await fleet.JobsAsync(fresh: false, cancellationToken);
            return jobs.Value.Items.FirstOrDefault(j => j.Name == Address.On) is { } job ? (subject with { Job = job }, null)
                : (null, jobs.Value.Failures is [var failure, ..] ? failure.Error : new CloudRunError.NotFound($"The job {Address.On.Id}"));
        }

        var service = fleet.ServiceAsync(Address.On, fresh: false, cancellationToken);
        var revisions = await fleet.RevisionsAsync(Address.On, fresh: false, cancellationToken);
        var read = (await service).Value;
        return read.IsOk ? (subject with { Service = read.Value, Revisions = revisions.Value.Items }, null) : (null, read.Error);
    }

    /// <summary>Shows what the address says: fills the form, and plans.</summary>
    private async Task ShowAsync()
    {
        _shown = Address;
        (_run, _problem, _typed) = (null, null, null);
        (_formProblem, _formProblemAt) = ("", "");
        IReadOnlyList<Change> parts = Address.Change is Several several ? several.Changes : Address.Change is { } one ? [one] : [];
        _form = parts.Count > 0 ? ChangeForms.Of(parts[0]) : ChangeForms.Find(Address.Form);
        _form = _form?.Offers(_subject!) == true || parts.Count > 0 ? _form : null;
        _additions = [.. parts.Skip(1)];
        _asked = Address.Change is not null;
        _fields = _form?.Offers(_subject!) == true ? _form.Fields(_subject!, parts.Count > 0 ? parts[0] : null) : [];
        _values.Clear();
        foreach (var field in _fields)
        {
            _values[field.Key] = field.Value;
        }

        if (IsPlanning && _mayChange)
        {
            await PlanAsync();
        }
        else
        {
            (_answer, _plan) = (null, null);
        }
    }

    private async Task PlanAsync()
    {
        _gone = "";
        var undo = Address.Undo;
        var change = Address.Change ?? _form?.ReadChanged(_subject!, _values).Change;
        if (undo.Length == 0 && change is null)
        {
            (_answer, _plan) = (null, null);
            _gone = _form is null ? "There is no such change here." : "Fill in the values to see what would happen.";
            return;
        }

        var load = _loads.RunAsync(
            token => undo.Length > 0 ? PlanUndoAsync(undo, token) : PlanAsync(change!, token),
            read =>
            {
                (_answer, _gone) = read;
                _plan = (_answer?.Planning as Planning.Ready)?.Plan;
                Compare(_answer?.Input?.RawJson);
            });
        StateHasChanged();
        await load;
        StateHasChanged();
    }

    private async Task<(DeskAnswer? Answer, string Gone)> PlanAsync(Change change, CancellationToken cancellationToken) =>
        (await desk.PlanAsync(Address.On, change, cancellationToken), "");

    private async Task<(DeskAnswer? Answer, string Gone)> PlanUndoAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return (board.Find(id) ?? await history.FindAsync(Address.On, id, cancellationToken)) is { } undone
                ? (await desk.PlanUndoAsync(undone, cancellationToken), "")
                : (null, "There is no change of this id on the record.");
        }
        catch (AuditUnavailableException e)
        {
            return (null, $"What it was before stands in the audit trail, which does not answer. {e.Message}");
        }
    }

    // What somebody else wrote between the first plan that was shown and this one.
    private void Compare(string? now)
    {
        if (now is null)
        {
            return;
        }

        if (_seen is not null && !string.Equals(ServiceEtag.Of(_seen), ServiceEtag.Of(now), StringComparison.Ordinal))
        {
            var changed = ChangeDesk.Compare(_seen, now);
            _meanwhile = ServiceEtag.Of(_seen) is { Length: > 0 } etag && board.WrittenOver(Address.On, etag) is { } first ? changed with { Modifier = first.ActorName } : changed;
        }

        _seen ??= now;
    }

    private IReadOnlyList<string> ProblemsOf(ChangeField input) =>
        input.Key == _formProblemAt ? [_formProblem]
        : _answer?.Planning is Planning.Refused refused ? [.. refused.Refusals.Where(r => input.Is(r.Path)).Select(static r => r.Reason)]
        : [];

    private Task OnValueAsync((string Key, string Value) input)
    {
        _values[input.Key] = input.Value;
        return OnSubmitAsync();
    }

    private async Task OnSubmitAsync()
    {
        var reading = _form!.ReadChanged(_subject!, _values);
        (_formProblem, _formProblemAt) = (reading.Problem, reading.Field);
        if (reading.Change is { } change)
        {
            await GoAsync(_additions.Count == 0 ? change : new Several([change, .. _additions]));
        }
        else
        {
            (_answer, _plan) = (null, null);
        }
    }

    private Task DropAsync(Change addition)
    {
        IReadOnlyList<Change> left = [.. ((Several)Address.Change!).Changes.Where(c => !ReferenceEquals(c, addition))];
        return GoAsync(left.Count == 1 ? left[0] : new Several(left));
    }

    // The values stand in the address; typing does not fill the history.
    private async Task GoAsync(Change change)
    {
        if (Address.Change == change)
        {
            await PlanAsync();
            return;
        }

        navigation.NavigateTo(Urls.PlanChange(Page, Address.On, change), replace: true);
    }

    private async Task PlanAgainAsync()
    {
        (_run, _problem) = (null, null);
        await PlanAsync();
    }

    private async Task ApplyAsync()
    {
        // Ctrl+Enter presses the button, a double click presses it twice: one of them applies.
        if (!CanApply || _plan is not { } plan)
        {
            return;
        }

        _busy = true;
        try
        {
            var start = await gate.ApplyAsync(await who.GetAsync(), plan, _reason, _typed, _leaving.Token);
            _problem = start.Error;
            if (start.Run is { } run)
            {
                _run = board.Find(run.Id) ?? run;
                _known.Add(run.Id);

                // The board may have told of it before this call came back.
                _other = _other?.Id == run.Id ? null : _other;
                _seen = _answer?.Input?.RawJson;
            }
            else if (start.Error is ChangeError.UnderWay underWay)
            {
                _other = underWay.Other;
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task OnBoardAsync(ChangeRun run)
    {
        if (run.Resource != Address.On || _leaving.IsCancellationRequested)
        {
            return;
        }

        if (run.Id == _run?.Id)
        {
            _run = run;
        }
        else if (!run.IsOver)
        {
            _other = run;
        }
        else if (_known.Add(run.Id))
        {
            // Somebody else's has ended: what was planned before it is planned anew, once.
            _other = run;
            if (_run is null && IsPlanning && _mayChange && _subject is not null)
            {
                await PlanAsync();
            }
        }

        StateHasChanged();
    }
}
