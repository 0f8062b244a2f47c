using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Changes.Moves;

/// <summary>A gradual move of traffic as it goes, in whichever browser and console.</summary>
public sealed partial class MovePage(MoveHistory history, MoveBoard board, ChangeBoard changes, TrafficMover mover, CurrentActor who, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private readonly Leaving _leaving = new();
    private IDisposable? _watch;
    private TrafficMove? _move;
    private bool _looked;
    private bool _mayChange;
    private bool _busy;
    private string _problem = "";

    /// <summary>Project of the service.</summary>
    [Parameter]
    public string Project { get; set; } = "";

    /// <summary>Region of the service.</summary>
    [Parameter]
    public string Region { get; set; } = "";

    /// <summary>The service.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>Id of the change that began it.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    private ResourceName Resource => ResourceName.Service(Project, Region, Name);

    private string Says => _move!.State switch
    {
        MoveState.Running when _move.Next is { } next => $"{MoveTraffic.Name(_move.Change.Revision)} receives {_move.Latest.Percent} %; {next.Percent} % follow. It stops by itself when a step fails, when this revision has more errors than the others, and when somebody else changes the traffic. It goes on when this page is closed. {_move.Message}".TrimEnd(),
        MoveState.Running => $"The last step is under way. {_move.Message}".TrimEnd(),
        MoveState.Paused => $"Paused at {_move.Latest.Percent} %. {_move.Message} The traffic stays as it is until somebody resumes or stops it.",
        MoveState.Finished => "All steps are in effect.",
        _ => $"Stopped at {_move.Latest.Percent} %. {_move.Message}",
    };

    /// <inheritdoc />
    public void Dispose()
    {
        board.Changed -= OnMove;
        _watch?.Dispose();
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

        board.Changed += OnMove;
        _watch = changes.Subscribe(run =>
        {
            if (run.Id == Id || run.Move == Id)
            {
                Refresh();
            }
        });
        await LookAsync();
        _ = WatchAsync();
    }

    private void OnMove(object? sender, string id)
    {
        if (id == Id)
        {
            Refresh();
        }
    }

    private void Refresh() => _ = InvokeAsync(async () =>
    {
        await LookAsync();
        StateHasChanged();
    });

    // What other consoles do with it is in the trail.
    private async Task WatchAsync()
    {
        try
        {
            while (_move is { IsOver: false })
            {
                await Task.Delay(Glance, time, _leaving.Token);
                Refresh();
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            _move = await history.FindAsync(Resource, Id, _leaving.Token) ?? _move;
            _looked = true;
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

    private async Task ActAsync(Func<Actor, ResourceName, string, CancellationToken, Task<string?>> act)
    {
        _busy = true;
        try
        {
            _problem = await act(await who.GetAsync(), Resource, Id, CancellationToken.None) ?? "";
            await LookAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
