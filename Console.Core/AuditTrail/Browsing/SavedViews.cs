using System.Text.Json;
using OpsConsole.Core.Access;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>
/// The saved views. Each person has their own, and may share them. They live in the ledger itself: the list is what the events of saving and removing
/// add up to, so that it is always known who set up which review, and when.
/// </summary>
public sealed class SavedViews(IAuditReader reader, IAuditTrail trail, ActEvents acts)
{
    /// <summary>Longest name.</summary>
    public const int NameLength = 80;

    /// <summary>Longest search.</summary>
    public const int SearchLength = 2000;

    private const string ResourceType = "audit.saved_view";

    /// <summary>One's own and those that are shared, by name.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="UnauthorizedAccessException">The actor may not browse.</exception>
    public async Task<IReadOnlyList<SavedView>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.BrowseAudit))
        {
            throw new UnauthorizedAccessException($"{actor.DisplayName} may not see saved views.");
        }

        var query = new AuditQuery
        {
            Workspaces = [AuditWorkspaces.Console],
            Actions = [AuditActions.SavedViewAdd, AuditActions.SavedViewRemove],
            Outcomes = [AuditOutcome.Success],
            ResourceTypes = [ResourceType],
        };
        List<AuditRecord> records = [];
        await foreach (var act in reader.OwnActsAsync(query, cancellationToken))
        {
            records.Add(act);
        }

        Dictionary<(string Owner, string Name), SavedView> views = [];
        foreach (var act in records.OrderBy(static a => a.Position.Sequence))
        {
            if (act.Event.Resource?.Id is not { } name)
            {
                continue;
            }

            if (act.Event.Action == AuditActions.SavedViewRemove)
            {
                views.Remove(Key(Text(act.Event, "owner") ?? act.Event.Actor.Id, name));
            }
            else if (Text(act.Event, "search") is { } search)
            {
                var isMine = IsSame(act.Event.Actor.Id, actor.Id);
                var isShared = act.Event.Details!.Value.TryGetProperty("shared", out var shared) && shared.ValueKind == JsonValueKind.True;
                views[Key(act.Event.Actor.Id, name)] = new SavedView(
                    name, search, act.Event.Actor.Id, act.Position.RecordedAt, isShared, isMine, isMine || (isShared && actor.May(Permission.ManageRoles)));
            }
        }

        return [.. views.Values.Where(static v => v.IsMine || v.IsShared).OrderBy(static v => v.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static v => v.By, StringComparer.Ordinal)];
    }

    /// <summary>Saves a view, in the place of one's own with the same name.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="name">Name, not empty.</param>
    /// <param name="search">The query of the page's address, without <c>?</c>.</param>
    /// <param name="isShared">True for everybody who may browse.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why it was not saved, for people; null when it was.</returns>
    public Task<string?> AddAsync(Actor actor, string name, string search, bool isShared, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(name) || name.Length > NameLength || name.Any(char.IsControl)
            ? Task.FromResult<string?>($"Give the view a name of at most {NameLength} characters.")
        : search.Length > SearchLength ? Task.FromResult<string?>($"This filter is too long to be saved: at most {SearchLength} characters.")
        : RecordAsync(actor, AuditActions.SavedViewAdd, name, new { search, shared = isShared }, MayNot(actor), cancellationToken);

    /// <summary>Removes a view from the list: one's own, or as an administrator one that is shared. Its events stay.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="owner">Id of whoever saved it.</param>
    /// <param name="name">Name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why it was not removed, for people; null when it was.</returns>
    public async Task<string?> RemoveAsync(Actor actor, string owner, string name, CancellationToken cancellationToken)
    {
        var why = MayNot(actor);
        if (why is null)
        {
            try
            {
                var view = (await ListAsync(actor, cancellationToken)).FirstOrDefault(v => Key(v.By, v.Name) == Key(owner, name));
                if (view is null)
                {
                    return "There is no such saved view (any more).";
                }

                why = view.MayRemove ? null : $"{owner} saved this view: they themselves or an administrator take it away.";
            }
            catch (AuditUnavailableException e)
            {
                return $"Nothing was done: {e.Message}";
            }
        }

        return await RecordAsync(actor, AuditActions.SavedViewRemove, name, new { owner }, why, cancellationToken);
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static (string Owner, string Name) Key(string owner, string name) => (owner.ToUpperInvariant(), name.ToUpperInvariant());

    private static string? MayNot(Actor actor) => actor.May(Permission.BrowseAudit)
        ? null
        : $"{actor.DisplayName} may not change saved views: it needs the role {string.Join(" or ", Permissions.RolesWith(Permission.BrowseAudit))}.";

    private async Task<string?> RecordAsync(Actor actor, string action, string name, object details, string? why, CancellationToken cancellationToken)
    {
        try
        {
            await trail.RecordAsync(
                acts.Of(actor, action, why is null ? AuditOutcome.Success : AuditOutcome.Denied) with
                {
                    Reason = why,
                    Resource = new AuditResource { Type = ResourceType, Id = name, Name = name },
                    Details = ActEvents.Details(details),
                },
                cancellationToken);
        }
        catch (AuditUnavailableException e)
        {
            return why ?? $"Nothing was done: {e.Message}";
        }

        return why;
    }

    private static string? Text(AuditEvent act, string name) =>
        act.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
