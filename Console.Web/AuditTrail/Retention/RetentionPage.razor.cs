using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.AuditTrail.Retention;

/// <summary>Holds, requests and decisions. All of it is checked again in <see cref="RetentionDesk"/>.</summary>
public sealed partial class RetentionPage : IDisposable
{
    private readonly Leaving _leaving = new();
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fields = new(RetentionDesk.Personal, StringComparer.Ordinal);
    private RetentionPageState _state = new();
    private RetentionBook? _book;
    private IReadOnlyList<PaneTab> _tabs = [];
    private IReadOnlyList<ActorSummary>? _found;
    private string _me = "";
    private string _person = "";
    private string _workspace = "";
    private string _event = "";
    private string _reason = "";
    private string _told = "";
    private string? _refused;
    private long? _below;
    private bool _withBodies;
    private bool _busy;

    [SupplyParameterFromQuery(Name = "part")]
    public string? Part { get; set; }

    [SupplyParameterFromQuery(Name = "workspace")]
    public string? Workspace { get; set; }

    [SupplyParameterFromQuery(Name = "event")]
    public string? Event { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    public string? ActorRef { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    [Inject]
    private RetentionDesk Desk { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _me = (await Actor.FindAsync())?.Id ?? "";
        await ReadAsync();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _state = RetentionPageState.Parse(Part, Workspace, Event, ActorRef, Before);
        if (_state.Event.Length > 0)
        {
            (_workspace, _event) = (_state.Workspace, _state.Event);
        }

        Arrange();
        if (_state is { Part: "person", Actor.Length: > 0 } && _found is null)
        {
            _person = _state.Actor;
            await FindAsync();
        }

        _below = null;
        if (_state is { Part: "prune", Before: { } day })
        {
            await GuardAsync(async () => _below = await Desk.IndexOfAsync(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), _leaving.Token));
        }
    }

    private Task ReadAsync() => GuardAsync(async () =>
    {
        _book = await Desk.ListAsync(await Actor.GetAsync(), _leaving.Token);
        foreach (var id in _book.Open.Select(static r => r.Id).Concat(_book.Standing.Select(static h => h.Id)))
        {
            _reasons.TryAdd(id, "");
        }

        Arrange();
    });

    private void Arrange()
    {
        var open = _book?.Open.Count() ?? 0;
        var standing = _book?.Standing.Count() ?? 0;
        _tabs =
        [
            Tab("open", $"To decide ({open.ToString(CultureInfo.InvariantCulture)})"),
            Tab("person", "Erase a person"),
            Tab("event", "Erase fields of an event"),
            Tab("prune", "Prune"),
            Tab("holds", $"Legal holds ({standing.ToString(CultureInfo.InvariantCulture)})"),
            Tab("done", "Decided"),
        ];

        static PaneTab Tab(string part, string title) => new(part, title, new RetentionPageState { Part = part }.ToUrl());
    }

    private Task FindAsync() => GuardAsync(async () =>
    {
        _found = await Desk.ActorsAsync(await Actor.GetAsync(), _person.Trim(), _leaving.Token);
        if (_found.Count == 1 && _state.Actor != _found[0].Ref)
        {
            Go(_state with { Part = "person", Actor = _found[0].Ref });
        }
    });

    private Task AskPersonAsync() => ActAsync("Asked. It waits for somebody else to decide.", async actor =>
        await Desk.AskEraseActorAsync(actor, _state.Actor, _withBodies ? CommittedFields.All : RetentionDesk.Personal, _reason, _leaving.Token));

    private Task AskEventAsync() => ActAsync("Asked. It waits for somebody else to decide.", async actor => _fields.Count == 0
        ? new RetentionAnswer.Refused("Choose at least one field.")
        : await Desk.AskEraseEventAsync(actor, _workspace.Trim(), _event.Trim(), [.. CommittedFields.All.Where(_fields.Contains)], _reason, _leaving.Token));

    private Task AskPruneAsync() => ActAsync("Asked. It waits for somebody else to decide.", async actor => _state.Before is not { } day
        ? new RetentionAnswer.Refused("Choose a day.")
        : await Desk.AskPruneAsync(actor, new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), _reason, _leaving.Token));

    private Task HoldAsync() => ActAsync("The hold stands.", async actor => await Desk.SetHoldAsync(actor, _workspace.Trim(), _reason, _leaving.Token));

    private Task ReleaseAsync(LegalHold hold) => ActAsync("Asked. It waits for somebody else to decide.", async actor => await Desk.AskReleaseAsync(actor, hold.Id, _reasons[hold.Id], _leaving.Token));

    private Task DecideAsync(RetentionRequest request, bool approve) => ActAsync(
        !approve ? "Rejected." : request.Kind == RetentionKind.ReleaseHold ? "Released." : "Approved. It is carried out once the decision is sealed, in a few seconds.",
        async actor => await Desk.DecideAsync(actor, request.Id, approve, _reasons[request.Id], _leaving.Token));

    private async Task ActAsync(string told, Func<Actor, Task<RetentionAnswer>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await GuardAsync(async () =>
            {
                _told = "";
                switch (await act(await Actor.GetAsync()))
                {
                    case RetentionAnswer.Done:
                        (_told, _refused, _reason) = (told, null, "");
                        await ReadAsync();
                        break;
                    case RetentionAnswer.Refused refused:
                        _refused = refused.Sentence;
                        break;
                    default:
                        break;
                }
            });
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task GuardAsync(Func<Task> act)
    {
        try
        {
            _refused = null;
            await act();
        }
        catch (Exception e) when (e is AuditUnavailableException or UnauthorizedAccessException)
        {
            _refused = e.Message;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // Somebody went elsewhere.
        }
    }

    private void Choose(string field, bool chosen)
    {
        if (chosen)
        {
            _fields.Add(field);
        }
        else
        {
            _fields.Remove(field);
        }
    }

    private void Go(RetentionPageState state) => Navigation.NavigateTo(state.ToUrl());
}
