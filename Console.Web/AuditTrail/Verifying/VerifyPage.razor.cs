using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.AuditTrail.Verifying;

/// <summary>Verification of the audit trail: one runs for all viewers, apart from this page; its end and its past are shown here.</summary>
public sealed partial class VerifyPage : IDisposable
{
    private const int Past = 50;
    private readonly Leaving _leaving = new();
    private VerifyPageState _state = new();
    private Verification? _run;
    private VerifyReport? _shown;
    private DateTimeOffset _shownAt;
    private string _shownBy = "";
    private IReadOnlyList<PastVerification> _history = [];
    private string? _historyFailure;
    private string? _refused;
    private bool _mayExport;
    private IReadOnlyList<PaneTab> _tabs = [];

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "full")]
    public string? Full { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    [Inject]
    private Verifications Verifications { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsWhole => _state.From is null && _state.To is null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Verifications.Changed -= OnChanged;
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Verifications.Changed += OnChanged;
        _mayExport = await Actor.MayAsync(Permission.ExportAudit);
        await ReadHistoryAsync();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _state = VerifyPageState.Parse(From, To, Full, Tab);
        Arrange();
    }

    private static string Progress(Verification running)
    {
        var p = running.Progress;
        return p.Total == 0
            ? $"{p.Doing} …"
            : string.Create(CultureInfo.InvariantCulture, $"{p.Doing}: {p.Done:N0} of {p.Total:N0}{(p.Problems > 0 ? $", {p.Problems:N0} {(p.Problems == 1 ? "problem" : "problems")} so far" : "")}.");
    }

    private void OnChanged(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        var wasRunning = _run?.Stage == VerifyStage.Running;
        Arrange();
        StateHasChanged();
        if (wasRunning && _run?.Stage != VerifyStage.Running)
        {
            await ReadHistoryAsync();
            StateHasChanged();
        }
    });

    // The run of this process, or what the log records as the last one.
    private void Arrange()
    {
        _run = Verifications.Current;
        if (_run is { Report: { } report, EndedAt: { } at })
        {
            (_shown, _shownAt, _shownBy) = (report, at, _run.StartedBy);
        }
        else if (_history.FirstOrDefault(static p => p.Report is not null) is { Report: { } last } past)
        {
            (_shown, _shownAt, _shownBy) = (last, past.EndedAt, past.By);
        }

        _tabs =
        [
            new PaneTab("", "Result", (_state with { Tab = "" }).ToUrl()),
            new PaneTab(VerifyPageState.HistoryTab, $"Past verifications ({_history.Count.ToString(CultureInfo.InvariantCulture)})", (_state with { Tab = VerifyPageState.HistoryTab }).ToUrl()),
            new PaneTab(VerifyPageState.CompareTab, "Compare checkpoints", (_state with { Tab = VerifyPageState.CompareTab }).ToUrl()),
        ];
    }

    private async Task ReadHistoryAsync()
    {
        try
        {
            _history = await Verifications.HistoryAsync(Past, _leaving.Token);
            _historyFailure = null;
        }
        catch (AuditUnavailableException e)
        {
            _historyFailure = e.Message;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return;
        }

        Arrange();
    }

    private void Go(VerifyPageState state) => Navigation.NavigateTo(state.ToUrl(), replace: true);

    private async Task StartAsync() => _refused = await Verifications.StartAsync(await Actor.GetAsync(), _state.ToRequest(), _leaving.Token);

    private async Task ResumeAsync()
    {
        if (Verifications.Resumption is { } request)
        {
            _refused = await Verifications.StartAsync(await Actor.GetAsync(), request, _leaving.Token);
        }
    }

    private async Task CancelAsync() => Verifications.Cancel(await Actor.GetAsync());
}
