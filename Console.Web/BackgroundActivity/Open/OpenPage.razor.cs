using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.BackgroundActivity.Open;

/// <summary>Uploads and windows of the past: the ways in, and what was opened before.</summary>
public sealed partial class OpenPage : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly Leaving _leaving = new();
    private OpenState _state = new();
    private WindowRequest _request = new() { Project = "", From = default, To = default };
    private WindowEstimate? _estimate;
    private IReadOnlyList<IAnalysisSource> _opened = [];
    private IReadOnlyList<string> _services = [];
    private string _servicesOf = "";
    private string? _servicesProblem;
    private string? _problem;
    private string _command = "";
    private bool _may;
    private bool _busy;
    private bool _moved;
    private ITimer? _timer;

    [SupplyParameterFromQuery(Name = "project")]
    public string? Project { get; set; }

    [SupplyParameterFromQuery(Name = "services")]
    public string? Services { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [Inject]
    private AnalysisCatalog Catalog { get; set; } = default!;

    [Inject]
    private LogActs Acts { get; set; } = default!;

    [Inject]
    private FleetCache Fleet { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _may = await Actor.MayAsync(Permission.AnalyseLogs);

        // Subscribing would make uploads be read: the list only looks.
        _timer = Time.CreateTimer(_ => _ = InvokeAsync(OnLook), null, Look, Look);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _state = OpenState.Parse(Project, Services, From, To);
        _request = _state.ToRequest(Fleet.Projects, Time.GetUtcNow());
        _estimate = null;
        _problem = Catalog.WhyNot(_request);
        _command = ExportCommand.For(_request.Project, _request.From, _request.To);
        List();
        await LoadServicesAsync();
    }

    private static string Text(ChangeEventArgs e) => e.Value as string ?? "";

    private void OnLook()
    {
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        // Once more after the last change: the sources move on by themselves, and the list shows what they were.
        List();
        var moving = _opened.Any(source => source.State == SourceState.Reading);
        if (moving || _moved)
        {
            StateHasChanged();
        }

        _moved = moving;
    }

    private void List() => _opened = [.. Catalog.AllFor(Actor.Now).Where(source => source.Kind != SourceKind.Live)];

    private async Task LoadServicesAsync()
    {
        if (_servicesOf == _request.Project)
        {
            return;
        }

        _servicesOf = _request.Project;
        var fleet = await Fleet.ServicesAsync(fresh: false, _leaving.Token);
        _services = [.. fleet.Value.Items.Where(service => service.Name.Project == _servicesOf).Select(service => service.Name.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _servicesProblem = fleet.Value.Failures.Count == 0 ? null : "Some regions could not be read: their services are not listed. All services can be read all the same.";
    }

    private void Toggle(string service) => Change(_state with
    {
        Services = _state.Services.Contains(service, StringComparer.Ordinal) ? [.. _state.Services.Where(s => s != service)] : [.. _state.Services, service],
    });

    private void Change(OpenState state) => Navigation.NavigateTo(state.ToUrl(), replace: true);

    private async Task EstimateAsync()
    {
        if (_problem is not null || _busy || !await Actor.MayAsync(Permission.AnalyseLogs))
        {
            return;
        }

        _busy = true;
        var request = _request;
        try
        {
            var estimate = await Catalog.EstimateWindowAsync(request, _leaving.Token);
            if (request == _request)
            {
                (_estimate, _problem) = (estimate, estimate.Problem);
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task StartAsync()
    {
        // The page may have been open for long: who may is asked again before each act.
        if (!await Actor.MayAsync(Permission.AnalyseLogs))
        {
            return;
        }

        try
        {
            var request = _request;
            await Acts.WindowAsync(await Actor.GetAsync(), request, CancellationToken.None);
            Catalog.StartWindow(request);
            (_estimate, _problem, _moved) = (null, null, true);
            List();
        }
        catch (Exception e) when (e is IOException or AuditUnavailableException)
        {
            _problem = $"The window could not be started: {e.Message}";
        }
    }

    private async Task CancelAsync(AnalysisId id)
    {
        if (await Actor.MayAsync(Permission.AnalyseLogs))
        {
            Catalog.Cancel(id);
            _moved = true;
            List();
        }
    }

    private async Task ResumeAsync(AnalysisId id)
    {
        if (await Actor.MayAsync(Permission.AnalyseLogs) && await RecordedAsync(actor => Acts.ResumeAsync(actor, id, CancellationToken.None)))
        {
            Catalog.Resume(id);
            _moved = true;
            List();
        }
    }

    private async Task RemoveAsync(AnalysisId id)
    {
        if (await Actor.MayAsync(Permission.AnalyseLogs) && await RecordedAsync(actor => Acts.RemoveAsync(actor, id, CancellationToken.None)))
        {
            await Catalog.RemoveAsync(id);
            List();
        }
    }

    // No record, no act.
    private async Task<bool> RecordedAsync(Func<Actor, Task> record)
    {
        try
        {
            await record(await Actor.GetAsync());
            return true;
        }
        catch (AuditUnavailableException e)
        {
            _problem = $"Nothing was done: {e.Message}";
            return false;
        }
    }
}
