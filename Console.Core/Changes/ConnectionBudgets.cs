using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>
/// The connection budgets of services. They decide what a plan warns of, so that they are kept where nobody can change them unseen:
/// each setting is an event of the audit trail, and the latest one counts.
/// </summary>
public sealed class ConnectionBudgets(IAuditReader reader, IAuditTrail trail, TimeProvider time)
{
    private readonly ActEvents _acts = new(time);

    /// <summary>The budget of a service.</summary>
    /// <exception cref="AuditUnavailableException">It cannot be read.</exception>
    public async Task<KnownBudget> FindAsync(ResourceName service, CancellationToken cancellationToken)
    {
        var known = KnownBudget.None;
        var sequence = -1L;
        var query = new AuditQuery { Actions = [AuditActions.ConnectionsSet], Workspaces = [service.Project], ResourceIds = [service.Value] };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            if (record.Position.Via == AuditVia.Console && record.Position.Sequence > sequence && record.Event.Outcome == AuditOutcome.Success)
            {
                known = new KnownBudget(Read(record.Event.After), record.Event.Actor.DisplayName ?? record.Event.Actor.Id, record.Event.Time);
                sequence = record.Position.Sequence;
            }
        }

        return known;
    }

    /// <summary>Sets it, or clears it with null.</summary>
    /// <param name="actor">Who; the permission is checked here.</param>
    /// <param name="service">Of which service.</param>
    /// <param name="budget">What shall count.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What counts now, or why not.</returns>
    public async Task<(KnownBudget? Known, string? Refused)> SetAsync(Actor actor, ResourceName service, ConnectionBudget? budget, CancellationToken cancellationToken)
    {
        if (!actor.MayIn(Permission.ChangeServices, service.Project))
        {
            return (null, $"{actor.DisplayName} may not set the connection budget: it needs the role {string.Join(" or ", Permissions.RolesWith(Permission.ChangeServices))}.");
        }

        if (budget is not null && (budget.PoolSize is < 1 or > ConnectionBudget.MostPerInstance || budget.DatabaseLimit is < 1 or > ConnectionBudget.MostOfDatabase))
        {
            return (null, string.Create(
                CultureInfo.InvariantCulture,
                $"Connections of one instance are 1 to {ConnectionBudget.MostPerInstance:N0}, those of the database 1 to {ConnectionBudget.MostOfDatabase:N0}."));
        }

        try
        {
            var before = await FindAsync(service, cancellationToken);
            if (before.Budget == budget)
            {
                return (before, null);
            }

            var set = _acts.Of(actor, AuditActions.ConnectionsSet, AuditOutcome.Success, service.Project) with
            {
                Resource = ChangeEvents.ResourceOf(service),
                Before = Json(before.Budget),
                After = Json(budget),
            };
            await trail.RecordAsync(set, cancellationToken);
            return (new KnownBudget(budget, actor.DisplayName, set.Time), null);
        }
        catch (AuditUnavailableException e)
        {
            return (null, e.Message);
        }
    }

    private static JsonElement? Json(ConnectionBudget? budget) =>
        budget is null ? null : ActEvents.Details(new { budget.PoolSize, budget.DatabaseLimit });

    private static ConnectionBudget? Read(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Object } found
        && found.TryGetProperty("poolSize", out var pool) && pool.TryGetInt32(out var size)
        && found.TryGetProperty("databaseLimit", out var limit) && limit.TryGetInt32(out var most)
            ? new ConnectionBudget(size, most)
            : null;
}
