using System.Runtime.CompilerServices;
using System.Text.Json;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>
/// Looking into the audit trail, on the record: each page of a list, each event that is opened and each file is an event of its own, committed in the
/// transaction that reads, before a row is given out. The permission is checked here, whatever a page shows; who has none leaves a record of that.
/// One person may look so often in a minute.
/// </summary>
public sealed class EventBrowser(IAuditReader reader, IAuditTrail trail, ActEvents acts, ActLimits? limits = null, TimeProvider? time = null)
{
    /// <summary>So long a large number, and what it consists of, is told again to whoever asks for the same events.</summary>
    public static readonly TimeSpan FiguresGood = TimeSpan.FromSeconds(10);

    // Fewer events than this are counted each time: people wait for the one that they have just made.
    private const long Many = 1_000;
    private readonly SharedReads<AuditCount> _counts = new(FiguresGood, static count => count.Value >= Many, time ?? TimeProvider.System);
    private readonly SharedReads<IReadOnlyList<AuditFacet>> _facets = new(FiguresGood, static facets => facets.Any(static f => f.Count >= Many), time ?? TimeProvider.System);

    /// <summary>Type of the resource that a viewed event is; its id is <c>workspace/id</c>.</summary>
    public const string EventResource = "audit.event";

    /// <summary>Type of the resource that a list or a file of events is.</summary>
    public const string ListResource = "audit.events";

    /// <summary>One page of events, newest first.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="query">For what.</param>
    /// <param name="after">Where to go on; null for the newest.</param>
    /// <param name="count">At most so many, 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<BrowseAnswer<AuditPage>> SearchAsync(Actor actor, AuditQuery query, AuditCursor? after, int count, CancellationToken cancellationToken)
    {
        if (await WhyNotAsync(actor, Permission.BrowseAudit, AuditActions.AuditSearch, cancellationToken) is { } why)
        {
            return new BrowseAnswer<AuditPage>(null, why);
        }

        var access = acts.Of(actor, AuditActions.AuditSearch, AuditOutcome.Success) with
        {
            Resource = new AuditResource { Type = ListResource },
            Details = ActEvents.Details(new { query = AuditQueryDetails.Of(query), after = after?.ToString(), rows = count }),
        };
        return await AnswerAsync(() => reader.SearchAsync(query, after, count, access, cancellationToken));
    }

    /// <summary>How many events a query has, for a search that was recorded. A large number may be some seconds old.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public Task<AuditCount> CountAsync(Actor actor, AuditQuery query, CancellationToken cancellationToken)
    {
        var limited = query.LimitedTo(actor);
        return _counts.GetAsync(Key(limited), token => reader.CountAsync(limited, token), cancellationToken);
    }

    /// <summary>The commonest values, for a search that was recorded. Those of many events may be some seconds old.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public Task<IReadOnlyList<AuditFacet>> FacetsAsync(Actor actor, AuditQuery query, CancellationToken cancellationToken)
    {
        var limited = query.LimitedTo(actor);
        return _facets.GetAsync(Key(limited), token => reader.FacetsAsync(limited, token), cancellationToken);
    }

    /// <summary>One event with all its fields.</summary>
    public async Task<BrowseAnswer<FoundEvent>> FindAsync(Actor actor, string workspace, string id, CancellationToken cancellationToken)
    {
        if (await WhyNotAsync(actor, Permission.BrowseAudit, AuditActions.AuditView, cancellationToken) is { } why)
        {
            return new BrowseAnswer<FoundEvent>(null, why);
        }

        if (!MayExist(workspace, id))
        {
            // Of an address that somebody mistyped; it names nothing that could be disclosed.
            return new BrowseAnswer<FoundEvent>(new FoundEvent(null), null);
        }

        var access = acts.Of(actor, AuditActions.AuditView, AuditOutcome.Success) with { Resource = ResourceOf(workspace, id) };
        return await AnswerAsync(async () => new FoundEvent(await reader.FindAsync(workspace, id, access, cancellationToken)));
    }

    /// <summary>Records that somebody takes the proof of an event, before it is given out.</summary>
    /// <returns>Why it may not be given out; null when it may.</returns>
    public async Task<string?> ProofAsync(Actor actor, long index, string what, CancellationToken cancellationToken)
    {
        if (await WhyNotAsync(actor, Permission.BrowseAudit, AuditActions.AuditExport, cancellationToken) is { } why)
        {
            return why;
        }

        try
        {
            await trail.RecordAsync(
                acts.Of(actor, AuditActions.AuditExport, AuditOutcome.Success) with
                {
                    Resource = new AuditResource { Type = "audit.leaf", Id = index.ToString(System.Globalization.CultureInfo.InvariantCulture) },
                    Details = ActEvents.Details(new { what }),
                },
                cancellationToken);
            return null;
        }
        catch (AuditUnavailableException e)
        {
            return NothingShown(e);
        }
    }

    /// <summary>
    /// Begins a file: checks the permission, and gives the events to write. That it was begun is recorded when the first is asked for; say with
    /// <see cref="EndFileAsync"/> how it ended.
    /// </summary>
    public async Task<BrowseAnswer<EventFile>> BeginFileAsync(Actor actor, AuditQuery query, EventFileFormat format, CancellationToken cancellationToken)
    {
        if (await WhyNotAsync(actor, Permission.ExportAudit, AuditActions.AuditExport, cancellationToken) is { } why)
        {
            return new BrowseAnswer<EventFile>(null, why);
        }

        var begun = acts.Of(actor, AuditActions.AuditExport, AuditOutcome.Unknown) with
        {
            Resource = new AuditResource { Type = ListResource },
            Details = ActEvents.Details(new { format, query = AuditQueryDetails.Of(query) }),
        };

        // The first row is read before the caller promises a file: when the record is refused there is none.
        var rows = reader.StreamAsync(query, begun, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            var any = await rows.MoveNextAsync();
            return new BrowseAnswer<EventFile>(new EventFile(begun.Id, actor, query, format, Rest(rows, any, cancellationToken)), null);
        }
        catch (AuditUnavailableException e)
        {
            await rows.DisposeAsync();
            return new BrowseAnswer<EventFile>(null, NothingShown(e));
        }
    }

    /// <summary>Records how a file ended: what was written, or that it broke off.</summary>
    /// <exception cref="AuditUnavailableException">It could not be recorded; the record of its beginning stands, with the outcome unknown.</exception>
    public Task EndFileAsync(EventFile file, EventFileSummary? written, CancellationToken cancellationToken) => trail.RecordAsync(
        acts.Of(file.Actor, AuditActions.AuditExport, written is null ? AuditOutcome.Failure : AuditOutcome.Success) with
        {
            Resource = new AuditResource { Type = ListResource },
            Reason = written is null ? "The connection broke off before the end." : null,
            Details = ActEvents.Details(new { format = file.Format, begun = file.Begun, events = written?.Events, bytes = written?.Bytes, sha256 = written?.Sha256 }),
        },
        cancellationToken);

    private static async IAsyncEnumerable<AuditRecord> Rest(IAsyncEnumerator<AuditRecord> rows, bool any, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (rows)
        {
            while (any)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return rows.Current;
                any = await rows.MoveNextAsync();
            }
        }
    }

    // All that restricts, the workspaces that the person may see among it: who may see less shares nothing with who may see more.
    private static string Key(AuditQuery limited) => JsonSerializer.Serialize(AuditQueryDetails.Of(limited));

    private static bool MayExist(string workspace, string id) =>
        workspace.Length is > 0 and <= AuditEventLimits.Name && !workspace.Any(static c => char.IsControl(c) || char.IsSurrogate(c))
        && id.Length is > 0 and <= AuditEventLimits.Id && id.All(static c => c is > ' ' and < (char)127);

    private static AuditResource ResourceOf(string workspace, string id) => new() { Type = EventResource, Id = $"{workspace}/{id}" };

    private static async Task<BrowseAnswer<T>> AnswerAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return new BrowseAnswer<T>(await read(), null);
        }
        catch (AuditUnavailableException e)
        {
            return new BrowseAnswer<T>(null, NothingShown(e));
        }
        catch (ArgumentException e)
        {
            // The store looked at the record of this very reading: what was typed cannot stand in an event.
            return new BrowseAnswer<T>(null, $"This search cannot be recorded, and so it was not made: {e.Message}");
        }
    }

    private static string NothingShown(AuditUnavailableException e) => $"{e.Message} Nothing is shown without a record of it: try again in a moment.";

    private async Task<string?> WhyNotAsync(Actor actor, Permission permission, string action, CancellationToken cancellationToken)
    {
        if (actor.May(permission))
        {
            return limits?.WhyNot(actor, permission == Permission.ExportAudit ? LimitedAct.Export : LimitedAct.Search);
        }

        var why = $"{actor.DisplayName} may not do this: it needs the role {string.Join(" or ", Permissions.RolesWith(permission))}.";
        try
        {
            await trail.RecordAsync(acts.Of(actor, action, AuditOutcome.Denied) with { Reason = why }, cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            // It stays denied; that the trail is down is on every screen.
        }

        return why;
    }
}
