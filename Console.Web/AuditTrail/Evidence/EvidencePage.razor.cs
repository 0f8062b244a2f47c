using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Web.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.AuditTrail.Evidence;

/// <summary>Bundles for auditors: one is made at a time, apart from this page; downloads go over plain HTTP.</summary>
public sealed partial class EvidencePage : IDisposable
{
    private readonly Leaving _leaving = new();
    private EvidencePageState _state = new();
    private IReadOnlyList<EvidenceJob> _jobs = [];
    private string? _refused;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [Inject]
    private EvidenceDesk Desk { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private EvidenceJob? Running => _jobs.FirstOrDefault(static j => j.Stage == EvidenceStage.Running);

    /// <inheritdoc/>
    public void Dispose()
    {
        Desk.Changed -= OnChanged;
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Desk.Changed += OnChanged;
        _jobs = Desk.Jobs;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _state = EvidencePageState.Parse(Filter, From, To);

    private static string N(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Progress(EvidenceJob job) => job.Progress.Total == 0
        ? $"{job.Progress.Doing} …"
        : string.Create(CultureInfo.InvariantCulture, $"{job.Progress.Doing}: {job.Progress.Done:N0} of {job.Progress.Total:N0}.");

    private static string What(EvidenceJob job)
    {
        var range = job.Request switch
        {
            { IsWhole: true } => "everything",
            { From: { } from, To: { } to } => $"sealed from {Day(from)} to before {Day(to)} UTC",
            { From: { } from } => $"sealed from {Day(from)} UTC",
            { To: { } to } => $"sealed before {Day(to)} UTC",
            _ => "a range",
        };
        return job.Request.Filter is { } filter ? $"{range}; disclosed: {filter.Text}" : range;

        static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private string Consequence() => _state.Filter.Length == 0
        ? "Every event of the range is disclosed, with its personal fields."
        : "Events that match are disclosed. The leaves of all others come along without their personal fields, so that the auditor can check that the list misses nothing.";

    private void OnChanged(object? sender, EventArgs e) => _ = InvokeAsync(() =>
    {
        _jobs = Desk.Jobs;
        StateHasChanged();
    });

    private void Go(EvidencePageState state) => Navigation.NavigateTo(state.ToUrl(), replace: true);

    private async Task StartAsync()
    {
        if (_state.Problems.Count == 0)
        {
            _refused = await Desk.StartAsync(await Actor.GetAsync(), _state.ToRequest(), _leaving.Token);
        }
    }

    private async Task CancelAsync() => Desk.Cancel(await Actor.GetAsync());
}
