using Microsoft.AspNetCore.Components;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Changes;

/// <summary>One change: as it goes, and afterwards from the record. For everybody who may see services, in any browser.</summary>
public sealed partial class ChangePage(FleetCache fleet, ChangeHistory history, ChangeBoard board, TimeProvider time) : IDisposable
{
    /// <summary>For so long after its end, the state of the service still says something about a change.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    private readonly LatestOnly _loads = new();
    private string _loaded = "";
    private bool _read;
    private string? _failure;
    private ChangeRun? _run;
    private ChangeRun? _undone;
    private bool _isLive;

    /// <summary>Id of the change.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc />
    public void Dispose() => _loads.Dispose();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_loaded != Id)
        {
            _loaded = Id;
            (_read, _run, _undone) = (false, null, null);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _failure = null;
        await _loads.RunAsync(ReadAsync, read =>
        {
            (_run, _undone, _failure) = read;
            _read = true;
            _isLive = _run is { } run && (!run.IsOver || time.GetUtcNow() - run.EndedAt < Recent);
        });
        StateHasChanged();
    }

    private async Task<(ChangeRun? Run, ChangeRun? Undone, string? Failure)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var run = board.Find(Id) ?? await history.FindAsync(fleet.Projects, Id, cancellationToken);
            if (run is null)
            {
                return (null, null, null);
            }

            var later = await history.OfAsync(run.Resource, cancellationToken);
            return (run, later.FirstOrDefault(r => r is { Phase: ChangePhase.Succeeded, Change: Restore restore } && restore.Of == Id), null);
        }
        catch (AuditUnavailableException e)
        {
            // What is under way is shown from memory.
            return (board.Find(Id), null, board.Find(Id) is null ? e.Message : null);
        }
    }

    private void OnStep(ChangeRun run)
    {
        if (run.Id == Id)
        {
            (_run, _read, _isLive) = (run, true, true);
        }
        else if (run is { Phase: ChangePhase.Succeeded, IsOver: true, Change: Restore restore } && restore.Of == Id)
        {
            _undone = run;
        }
    }
}
