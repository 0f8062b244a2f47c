using System.Globalization;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>
/// Asks for and decides on what takes something away from the trail. Two people, a reason each, an event each; legal holds block it. Permissions
/// are checked here, whatever a page shows. What is approved is carried out by <see cref="RetentionRunner"/> once the decision is sealed.
/// </summary>
public sealed class RetentionDesk(IAuditReader reader, IAuditTrail trail, IRetentionStore store, ActEvents acts, SealSignals signals, RetentionOptions options, TimeProvider time)
{
    /// <summary>Pruning ends between tiles: what tlog-tiles serves is whole or gone.</summary>
    private const int Tile = 256;

    private const int MostShown = 1_000;

    /// <summary>Fields that name a person.</summary>
    public static IReadOnlyList<string> Personal { get; } = [.. CommittedFields.All.Where(static f => f.StartsWith("actor.", StringComparison.Ordinal))];

    /// <summary>How long events must be kept.</summary>
    public TimeSpan Keep => options.Keep;

    /// <summary>Holds and requests. Reading them is recorded.</summary>
    /// <exception cref="AuditUnavailableException">The trail cannot be read, or did not take the record.</exception>
    /// <exception cref="UnauthorizedAccessException">The actor may not.</exception>
    public async Task<RetentionBook> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.MayEverywhere(Permission.EraseAudit))
        {
            throw new UnauthorizedAccessException(MayNot(actor));
        }

        var access = acts.Of(actor, AuditActions.AuditSearch, AuditOutcome.Success) with { Details = ActEvents.Details(new { what = "legal holds and requests of retention" }) };
        var page = await reader.SearchAsync(Query(), null, MostShown, access, cancellationToken);
        return RetentionReader.Read(page.Records, await store.CarriedOutAsync(cancellationToken));
    }

    /// <summary>Actors with an id, to choose the right one. Looking is recorded.</summary>
    public async Task<IReadOnlyList<ActorSummary>> ActorsAsync(Actor actor, string idOrRef, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.MayEverywhere(Permission.EraseAudit))
        {
            throw new UnauthorizedAccessException(MayNot(actor));
        }

        // By pseudonym alone: the record of an erasure must not bring the name back.
        var found = await store.ActorsAsync(idOrRef, cancellationToken);
        await trail.RecordAsync(
            acts.Of(actor, AuditActions.AuditSearch, AuditOutcome.Success) with { Details = ActEvents.Details(new { what = "actors to erase", found = found.Select(static a => a.Ref).ToArray() }) },
            cancellationToken);
        return found;
    }

    /// <summary>The index below which everything was sealed before a moment, at the end of a tile.</summary>
    public async Task<long> IndexOfAsync(DateTimeOffset before, CancellationToken cancellationToken) => await store.SealedBeforeAsync(before, cancellationToken) / Tile * Tile;

    /// <summary>Asks for erasure of the personal fields of all events of an actor.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="actorRef">Pseudonym.</param>
    /// <param name="fields">Committed fields; empty means those that name the person.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RetentionAnswer> AskEraseActorAsync(Actor actor, string actorRef, IReadOnlyList<string> fields, string reason, CancellationToken cancellationToken) =>
        AskAsync(actor, RetentionKind.EraseActor, actorRef, fields.Count == 0 ? Personal : fields, reason, cancellationToken);

    /// <summary>Asks for erasure of fields of one event; none given means all committed ones.</summary>
    public Task<RetentionAnswer> AskEraseEventAsync(Actor actor, string workspace, string id, IReadOnlyList<string> fields, string reason, CancellationToken cancellationToken) =>
        AskAsync(actor, RetentionKind.EraseEvent, $"{workspace}/{id}", fields.Count == 0 ? CommittedFields.All : fields, reason, cancellationToken);

    /// <summary>Asks for pruning of all events that were sealed before a moment.</summary>
    public async Task<RetentionAnswer> AskPruneAsync(Actor actor, DateTimeOffset before, string reason, CancellationToken cancellationToken)
    {
        try
        {
            var below = await IndexOfAsync(before, cancellationToken);
            return await AskAsync(actor, RetentionKind.Prune, below.ToString(CultureInfo.InvariantCulture), [], reason, cancellationToken);
        }
        catch (AuditUnavailableException e)
        {
            return new RetentionAnswer.Refused(e.Message);
        }
    }

    /// <summary>Asks for the release of a hold.</summary>
    public Task<RetentionAnswer> AskReleaseAsync(Actor actor, string hold, string reason, CancellationToken cancellationToken) =>
        AskAsync(actor, RetentionKind.ReleaseHold, hold, [], reason, cancellationToken);

    /// <summary>Sets a legal hold; that needs one person.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="workspace">Whose events; empty for all.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RetentionAnswer> SetHoldAsync(Actor actor, string workspace, string reason, CancellationToken cancellationToken) => GuardedAsync(
        actor,
        reason,
        async () =>
        {
            if (workspace.Length > AuditEventLimits.Label || workspace.Any(char.IsControl))
            {
                return new RetentionAnswer.Refused("That is no workspace.");
            }

            var hold = acts.Of(actor, AuditActions.HoldSet, AuditOutcome.Success) with
            {
                Reason = reason,
                Resource = workspace.Length > 0 ? new AuditResource { Type = "audit.workspace", Id = workspace } : new AuditResource { Type = "audit.log", Id = "all" },
            };
            await trail.RecordAsync(hold, cancellationToken);
            return new RetentionAnswer.Done(hold.Id);
        });

    /// <summary>Approves or rejects what somebody else asked for.</summary>
    public Task<RetentionAnswer> DecideAsync(Actor actor, string request, bool approve, string reason, CancellationToken cancellationToken) => GuardedAsync(
        actor,
        reason,
        async () =>
        {
            var book = await BookAsync(cancellationToken);
            if (book.Requests.FirstOrDefault(r => r.Id == request) is not { } asked)
            {
                return new RetentionAnswer.Refused("There is no such request.");
            }

            if (asked.DecidedBy is { } by)
            {
                return new RetentionAnswer.Refused($"{by} decided on this already.");
            }

            if (string.Equals(asked.By, actor.Id, StringComparison.OrdinalIgnoreCase))
            {
                return new RetentionAnswer.Refused("You asked for this yourself: somebody else decides.");
            }

            if (approve && await WhyNotAsync(book, asked.Kind, asked.Target, cancellationToken) is { } why)
            {
                return new RetentionAnswer.Refused(why);
            }

            var decision = acts.Of(actor, DecisionAction(asked.Kind), approve ? AuditOutcome.Success : AuditOutcome.Denied) with
            {
                Id = RetentionReader.DecisionId(asked.Id),
                Reason = reason,
                Resource = new AuditResource { Type = RetentionReader.ResourceType(asked.Kind), Id = asked.Target },
                Details = ActEvents.Details(new { request = asked.Id, requestedBy = asked.By, fields = asked.Fields }),
            };
            await trail.RecordAsync(decision, cancellationToken);
            signals.TellAppended();
            return new RetentionAnswer.Done(decision.Id);
        });

    private static string DecisionAction(RetentionKind kind) => kind switch
    {
        RetentionKind.Prune => AuditActions.Prune,
        RetentionKind.ReleaseHold => AuditActions.HoldRelease,
        _ => AuditActions.EraseDecision,
    };

    private static string RequestAction(RetentionKind kind) => kind switch
    {
        RetentionKind.Prune => AuditActions.PruneRequest,
        RetentionKind.ReleaseHold => AuditActions.HoldReleaseRequest,
        _ => AuditActions.EraseRequest,
    };

    private static AuditQuery Query() => new() { Actions = RetentionReader.Actions, Workspaces = [AuditWorkspaces.Console] };

    private static string MayNot(Actor actor) => $"{actor.DisplayName} may not: it needs the role {string.Join(" or ", Permissions.RolesWith(Permission.EraseAudit))}, for all workspaces.";

    private Task<RetentionAnswer> AskAsync(Actor actor, RetentionKind kind, string target, IReadOnlyList<string> fields, string reason, CancellationToken cancellationToken) => GuardedAsync(
        actor,
        reason,
        async () =>
        {
            if (fields.FirstOrDefault(f => !CommittedFields.All.Contains(f, StringComparer.Ordinal)) is { } stray)
            {
                return new RetentionAnswer.Refused($"'{stray}' is no field that can be erased. Those are {string.Join(", ", CommittedFields.All)}.");
            }

            var book = await BookAsync(cancellationToken);
            if (book.Open.FirstOrDefault(r => r.Kind == kind && r.Target == target) is { } same)
            {
                return new RetentionAnswer.Refused($"{same.By} asked for the same; it waits for a decision.");
            }

            if (await WhyNotAsync(book, kind, target, cancellationToken) is { } why)
            {
                return new RetentionAnswer.Refused(why);
            }

            var request = acts.Of(actor, RequestAction(kind), AuditOutcome.Success) with
            {
                Reason = reason,
                Resource = new AuditResource { Type = RetentionReader.ResourceType(kind), Id = target },
                Details = ActEvents.Details(new { fields }),
            };
            await trail.RecordAsync(request, cancellationToken);
            return new RetentionAnswer.Done(request.Id);
        });

    private static async Task<RetentionAnswer> GuardedAsync(Actor actor, string reason, Func<Task<RetentionAnswer>> act)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.MayEverywhere(Permission.EraseAudit))
        {
            return new RetentionAnswer.Refused(MayNot(actor));
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > AuditEventLimits.Reason)
        {
            return new RetentionAnswer.Refused("Give a reason: it is what stays when the data is gone.");
        }

        try
        {
            return await act();
        }
        catch (AuditUnavailableException e)
        {
            return new RetentionAnswer.Refused(e.Message);
        }
    }

    private async Task<RetentionBook> BookAsync(CancellationToken cancellationToken)
    {
        List<AuditRecord> records = [];
        await foreach (var record in reader.OwnActsAsync(Query(), cancellationToken))
        {
            records.Add(record);
        }

        return RetentionReader.Read(records, await store.CarriedOutAsync(cancellationToken));
    }

    private async Task<string?> WhyNotAsync(RetentionBook book, RetentionKind kind, string target, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case RetentionKind.ReleaseHold:
                return book.Standing.Any(h => h.Id == target) ? null : "There is no such hold, or it was released.";
            case RetentionKind.EraseActor:
                if ((await store.ActorsAsync(target, cancellationToken)).All(a => a.Ref != target))
                {
                    return "No actor has this pseudonym: nobody of that id has a sealed event, or it was erased before.";
                }

                break;
            case RetentionKind.EraseEvent:
                var slash = target.IndexOf('/', StringComparison.Ordinal);
                if (slash <= 0 || slash == target.Length - 1)
                {
                    return "Name the event by its workspace and its id.";
                }

                break;
            default:
                if (await WhyNotPruneAsync(target, cancellationToken) is { } why)
                {
                    return why;
                }

                break;
        }

        foreach (var hold in book.Standing)
        {
            if (await IsHeldAsync(hold, kind, target, cancellationToken))
            {
                return $"A legal hold stands in the way: {(hold.Workspace.Length > 0 ? $"on the workspace {hold.Workspace}" : "on everything")}, set by {hold.By} on {hold.At.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}: {hold.Reason}";
            }
        }

        return null;
    }

    private async Task<string?> WhyNotPruneAsync(string target, CancellationToken cancellationToken)
    {
        var below = long.Parse(target, NumberStyles.None, CultureInfo.InvariantCulture);
        if (below == 0 || below <= await store.FirstKeptAsync(cancellationToken))
        {
            return "Nothing is that old, or it was pruned before.";
        }

        return below > await IndexOfAsync(time.GetUtcNow() - options.Keep, cancellationToken)
            ? string.Create(CultureInfo.InvariantCulture, $"Events must be kept for {options.Keep.TotalDays:0} days (OpsConsole:Audit:RetentionDays); some of these are younger.")
            : null;
    }

    private async Task<bool> IsHeldAsync(LegalHold hold, RetentionKind kind, string target, CancellationToken cancellationToken) => kind switch
    {
        // The hold itself must not be forgotten either.
        RetentionKind.Prune => hold.Index is not { } index || long.Parse(target, NumberStyles.None, CultureInfo.InvariantCulture) is var below && (index < below || await store.HasEventsBelowAsync(below, hold.Workspace, cancellationToken)),
        RetentionKind.EraseActor => await store.HasEventsOfAsync(target, hold.Workspace, cancellationToken),
        RetentionKind.EraseEvent => hold.Workspace.Length == 0 || target.StartsWith($"{hold.Workspace}/", StringComparison.Ordinal),
        _ => false,
    };
}
