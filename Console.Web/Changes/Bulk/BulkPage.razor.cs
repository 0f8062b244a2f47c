using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Web.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Changes.Bulk;

/// <summary>A change of several services as it goes, in whichever browser and console.</summary>
public sealed partial class BulkPage(BulkBoard board, BulkHistory history, BulkRunner runner, CurrentActor who, TimeProvider time) : IDisposable
{
    /// <summary>How often a bulk of another console is looked up.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(3);

    private readonly Leaving _leaving = new();
    private BulkRun? _run;
    private bool _looked;
    private bool _mayChange;
    private string _problem = "";

    /// <summary>Id of the event that began it.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc />
    public void Dispose()
    {
        board.Changed -= OnBoard;
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayChange = await who.MayAsync(Permission.ChangeServices);
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        board.Changed += OnBoard;
        await LookAsync();
        if (_run is { IsOver: false } && board.Find(Id) is null)
        {
            _ = WatchAsync();
        }
    }

    private void OnBoard(object? sender, BulkRun run)
    {
        if (run.Id == Id)
        {
            _ = InvokeAsync(() =>
            {
                _run = run;
                StateHasChanged();
            });
        }
    }

    private async Task LookAsync()
    {
        try
        {
            _run = board.Find(Id) ?? await history.FindAsync(Id, _leaving.Token) ?? _run;
            _looked = true;
            _problem = "";
        }
        catch (AuditUnavailableException e)
        {
            _problem = e.Message;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    // Another console carries it out: its steps are in the trail.
    private async Task WatchAsync()
    {
        try
        {
            while (_run is { IsOver: false })
            {
                await Task.Delay(Glance, time, _leaving.Token);
                await InvokeAsync(async () =>
                {
                    await LookAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task StopAsync()
    {
        _problem = await runner.CancelAsync(await who.GetAsync(), Id, CancellationToken.None) ?? "";
        if (_problem.Length == 0)
        {
            await LookAsync();
        }
    }
}
