using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Changes.Approvals;

/// <summary>One request: the plan that was asked for, the service as it is now, and the decision.</summary>
public sealed partial class ApprovalPage(
    ApprovalDesk approvals, ApprovalBook book, ApprovalInbox inbox, ChangeDesk desk, ChangeRunner runner, ChangeBoard board, CurrentActor who, TimeProvider time) : IDisposable
{
    private readonly LatestOnly _loads = new();
    private readonly Leaving _leaving = new();
    private IDisposable? _watch;
    private Actor? _actor;
    private ApprovalRequest? _request;
    private bool _looked;
    private DeskAnswer? _answer;
    private Meanwhile? _changed;
    private ChangeRun? _run;
    private string _reason = "";
    private string _problem = "";
    private bool _busy;

    /// <summary>Project of the service.</summary>
    [Parameter]
    public string Project { get; set; } = "";

    /// <summary>Id of the request's event.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    private ApprovalState State => _request!.StateAt(time.GetUtcNow());

    private bool CanDecide => !_busy && !string.IsNullOrWhiteSpace(_reason);

    /// <inheritdoc />
    public void Dispose()
    {
        inbox.Changed -= OnInbox;
        _watch?.Dispose();
        _loads.Dispose();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _actor = await who.FindAsync();
        if (_leaving.IsCancellationRequested)
        {
            return;
        }

        inbox.Changed += OnInbox;
        _watch = board.Subscribe(run => _ = InvokeAsync(() => OnBoard(run)));
        await LookAsync();
        if (_request is not null && State == ApprovalState.Pending)
        {
            await CheckAsync();
        }
    }

    private void OnBoard(ChangeRun run)
    {
        if (run.Id == _request?.ChangeId)
        {
            _run = run;
            StateHasChanged();
        }
    }

    // Somebody decided, here or at another console.
    private void OnInbox(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await LookAsync();
        StateHasChanged();
    });

    private async Task LookAsync()
    {
        try
        {
            _request = await book.FindAsync(Project, Id, _leaving.Token);
            _looked = true;
            if (_request is { Decision.State: ApprovalState.Approved })
            {
                _run = await runner.FindAsync(_request.Resource, _request.ChangeId, _leaving.Token);
            }
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

    private async Task CheckAsync()
    {
        var request = _request!;
        var load = _loads.RunAsync(token => desk.PlanAsync(request.Resource, request.Change, token), answer =>
        {
            _answer = answer;
            _changed = answer.Input is { } input && request.Snapshot is { } before ? ChangeDesk.Compare(before, RawJsonMask.Apply(input.RawJson)) : null;
        });
        StateHasChanged();
        await load;
        StateHasChanged();
    }

    private Task ApproveAsync() => DecideAsync(actor => approvals.ApproveAsync(actor, Project, Id, _reason, CancellationToken.None));

    private Task RejectAsync() => DecideAsync(actor => approvals.RejectAsync(actor, Project, Id, _reason, CancellationToken.None));

    private Task WithdrawAsync() => ActAsync(actor => approvals.WithdrawAsync(actor, Project, Id, CancellationToken.None));

    private Task DecideAsync(Func<Actor, Task<ApprovalResult>> decide) => CanDecide ? ActAsync(decide) : Task.CompletedTask;

    private async Task ActAsync(Func<Actor, Task<ApprovalResult>> act)
    {
        _busy = true;
        try
        {
            var result = await act(await who.GetAsync());
            _problem = result.Error?.Message ?? "";
            _run = result.Run ?? _run;
            await inbox.RefreshAsync(_leaving.Token);
            await LookAsync();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone; what was decided is on the record.
        }
        finally
        {
            _busy = false;
        }
    }
}
