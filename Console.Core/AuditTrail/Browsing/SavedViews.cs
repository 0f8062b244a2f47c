using System.Text.Json;
using OpsConsole.Core.Access;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>
/// The saved views. They are shared, and they live in the ledger itself: the list is what the events of saving and removing
/// add up to, so that it is always known who set up which review, and when.
/// </summary>
public sealed class SavedViews(IAuditReader reader, IAuditTrail trail, ActEvents acts)
{
    /// <summary>Longest name.</summary>
    public const int NameLength = 80;

    /// <summary>Longest search.</summary>
    public const int SearchLength = 2000;

    private const string ResourceType = "audit.saved_view";

    /// <summary>All of them by name.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<SavedView>> ListAsync(CancellationToken cancellationToken)
    {
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

        SortedDictionary<string, SavedView> views = new(StringComparer.OrdinalIgnoreCase);
        foreach (var act in records.OrderBy(static a => a.Position.Sequence))
        {
            if (act.Event.Resource?.Id is not { } name)
            {
                continue;
            }

            if (act.Event.Action == AuditActions.SavedViewRemove)
            {
                views.Remove(name);
            }
            else if (SearchOf(act.Event) is { } search)
            {
                views[name] = new SavedView(name, search, act.Event.Actor.Id, act.Position.RecordedAt);
            }
        }

        return [.. views.Values];
    }

    /// <summary>Saves a view, in the place of one with the same name.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="name">Name, not empty.</param>
    /// <param name="search">The query of the page's address, without <c>?</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why it was not saved, for people; null when it was.</returns>
    public Task<string?> AddAsync(Actor actor, string name, string search, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(name) || name.Length > NameLength || name.Any(char.IsControl)
            ? Task.FromResult<string?>($"Give the view a name of at most {NameLength} characters.")
        : search.Length > SearchLength ? Task.FromResult<string?>($"This filter is too long to be saved: at most {SearchLength} characters.")
        : RecordAsync(actor, AuditActions.SavedViewAdd, name, new Saved(search), cancellationToken);

    /// <summary>Removes a view from the list. Its events stay.</summary>
    /// <returns>Why it was not removed, for people; null when it was.</returns>
    public Task<string?> RemoveAsync(Actor actor, string name, CancellationToken cancellationToken) =>
        RecordAsync(actor, AuditActions.SavedViewRemove, name, null, cancellationToken);

    private async Task<string?> RecordAsync(Actor actor, string action, string name, Saved? saved, CancellationToken cancellationToken)
    {
        var may = actor.May(Permission.BrowseAudit);
        var why = may ? null : $"{actor.DisplayName} may not change saved views: it needs the role {string.Join(" or ", Permissions.RolesWith(Permission.BrowseAudit))}.";
        try
        {
            await trail.RecordAsync(
                acts.Of(actor, action, may ? AuditOutcome.Success : AuditOutcome.Denied) with
                {
                    Reason = why,
                    Resource = new AuditResource { Type = ResourceType, Id = name, Name = name },
                    Details = saved is null ? null : JsonSerializer.SerializeToElement(saved, JsonSerializerOptions.Web),
                },
                cancellationToken);
        }
        catch (AuditUnavailableException e)
        {
            return why ?? $"Nothing was done: {e.Message}";
        }

        return why;
    }

    private static string? SearchOf(AuditEvent saved) =>
        saved.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("search", out var search) && search.ValueKind == JsonValueKind.String
            ? search.GetString()
            : null;

    private sealed record Saved(string Search);
}
