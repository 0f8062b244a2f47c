using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Changes.History;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.CloudRun.History;

/// <summary>The history of a service; read anew when a change of it ends or gets its receipt.</summary>
public sealed partial class HistoryPart(HistoryReader reader, ChangeBoard board, ChangeReceipts receipts) : IDisposable
{
    private readonly LatestOnly _loads = new();
    private readonly List<IDisposable> _subscriptions = [];
    private (ResourceName Name, int Days, DateTimeOffset? ReadAt)? _loaded;
    private ServiceHistory? _history;

    /// <summary>The service.</summary>
    [Parameter, EditorRequired]
    public Service Service { get; set; } = default!;

    /// <summary>State of the page.</summary>
    [Parameter, EditorRequired]
    public ServicePageState State { get; set; } = default!;

    /// <summary>Address of the page.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>When the page read the service; the history is read again with it.</summary>
    [Parameter]
    public DateTimeOffset? ReadAt { get; set; }

    private string Total => $"{CloudRunWords.Count(_history!.Rows.Count, "change")} in {CloudRunWords.Count(State.Days, "day")}{(_history.Google.IsCut ? "; older ones are left out" : "")}";

    /// <inheritdoc />
    public void Dispose()
    {
        _subscriptions.ForEach(static s => s.Dispose());
        _loads.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _subscriptions.Add(board.Subscribe(run =>
        {
            if (run.Resource == Service.Name && (run.OutcomeRecorded || run.Steps.Count <= 1))
            {
                _ = InvokeAsync(() => LoadAsync(fresh: true));
            }
        }));
        _subscriptions.Add(receipts.Subscribe(receipt =>
        {
            if (_history?.Rows.Any(r => r.Id == receipt.ChangeId) == true)
            {
                _ = InvokeAsync(() => LoadAsync(fresh: false));
            }
        }));
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Service.Name, State.Days, ReadAt);
        if (_loaded != wanted)
        {
            var refreshed = _loaded is { } before && before.Name == Service.Name && before.Days == State.Days;
            if (!refreshed)
            {
                _history = null;
            }

            _columns = null;
            _loaded = wanted;
            await LoadAsync(fresh: refreshed);
        }
    }

    private async Task LoadAsync(bool fresh)
    {
        await _loads.RunAsync(token => reader.ReadAsync(Service.Name, State.Days, fresh, token), history => _history = history);
        StateHasChanged();
    }

    private DateTimeOffset? Due(HistoryRow row) => row.Run is { } run ? receipts.DueAt(run) : null;
}
