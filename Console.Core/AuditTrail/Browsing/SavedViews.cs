using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>
/// The saved views. They are shared, and they live in the ledger itself: the list is what the events of saving and removing
/// add up to, so that it is always known who set up which review, and when.
/// </summary>
public sealed class SavedViews(IAuditReader reader, IAuditTrail trail)
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
            ResourceTypes = [ResourceType],
        };
        List<AuditRecord> acts = [];
        await foreach (var act in reader.OwnActsAsync(query, cancellationToken))
        {
            acts.Add(act);
        }

        SortedDictionary<string, SavedView> views = new(StringComparer.OrdinalIgnoreCase);
        foreach (var act in acts.OrderBy(static a => a.Position.Sequence))
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
    /// <param name="template">Who and when; action, resource and details are filled in here.</param>
    /// <param name="name">Name, not empty.</param>
    /// <param name="search">The query of the page's address, without <c>?</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AuditUnavailableException">It could not be recorded, and so it was not saved.</exception>
    public Task AddAsync(AuditEvent template, string name, string search, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameLength, nameof(name));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(search.Length, SearchLength, nameof(search));
        return trail.RecordAsync(
            Act(template, AuditActions.SavedViewAdd, name) with { Details = JsonSerializer.SerializeToElement(new Saved(search), JsonSerializerOptions.Web) },
            cancellationToken);
    }

    /// <summary>Removes a view from the list. Its events stay.</summary>
    /// <exception cref="AuditUnavailableException">It could not be recorded, and so it was not removed.</exception>
    public Task RemoveAsync(AuditEvent template, string name, CancellationToken cancellationToken) =>
        trail.RecordAsync(Act(template, AuditActions.SavedViewRemove, name), cancellationToken);

    private static AuditEvent Act(AuditEvent template, string action, string name) => template with
    {
        Workspace = AuditWorkspaces.Console,
        Action = action,
        Outcome = AuditOutcome.Success,
        Resource = new AuditResource { Type = ResourceType, Id = name, Name = name },
    };

    private static string? SearchOf(AuditEvent saved) =>
        saved.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("search", out var search) && search.ValueKind == JsonValueKind.String
            ? search.GetString()
            : null;

    private sealed record Saved(string Search);
}
