using System.Data.Common;
using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Search;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Looks up, in small and bounded steps, what lets the search itself walk one index from the newest back.</summary>
internal static class QueryResolving
{
    /// <summary>So many events of a time are read by the index of times and sorted; more are found in the order of numbers.</summary>
    public const long FewEvents = 20_000;

    // With an open end the newest come first anyway: it is not worth counting on.
    private const long ManyEvents = 500_000;
    private const int MostActions = 300;

    /// <summary>The query with what was found.</summary>
    /// <param name="sql">The database's own words.</param>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">One state of the database.</param>
    /// <param name="query">Which events.</param>
    /// <param name="fewEvents">Usually <see cref="FewEvents"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ResolvedQuery> ResolveAsync(
        AuditSql sql, DbConnection connection, DbTransaction? transaction, AuditQuery query, long fewEvents, CancellationToken cancellationToken)
    {
        var resolved = ResolvedQuery.Of(query) with
        {
            Actors = await ActorsAsync(sql, connection, transaction, query.Actors, cancellationToken),
            NotActors = await ActorsAsync(sql, connection, transaction, query.Except.Actors, cancellationToken),
            Actions = await ActionsAsync(sql, connection, transaction, query.Actions, cancellationToken),
        };
        if (resolved.IsGuess)
        {
            await sql.MakeRoomAsync(connection, transaction, cancellationToken);
        }

        return query.From is null && query.To is null ? resolved : await TimeAsync(sql, connection, transaction, resolved, fewEvents, cancellationToken);
    }

    // The query names people by id; the search table has their pseudonyms. What is no known id may itself be a pseudonym.
    private static async Task<IReadOnlyList<string>> ActorsAsync(
        AuditSql sql, DbConnection connection, DbTransaction? transaction, IReadOnlyList<string> actors, CancellationToken cancellationToken)
    {
        if (actors.Count == 0)
        {
            return [];
        }

        await using var command = AuditSql.Command(connection, transaction, "");
        command.CommandText = $"SELECT ref FROM {sql.Table("actor")} WHERE id IN ({string.Join(", ", actors.Select(actor => AuditSql.Add(command, actor)))})";
        var refs = new List<string>(actors);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            refs.Add(rows.GetString(0));
        }

        return refs;
    }

    // "run.*" written out: each next action is one step down the index, and there are few of them.
    private static async Task<IReadOnlyList<string>> ActionsAsync(
        AuditSql sql, DbConnection connection, DbTransaction? transaction, IReadOnlyList<string> actions, CancellationToken cancellationToken)
    {
        if (!actions.Any(static action => action.EndsWith(".*", StringComparison.Ordinal)))
        {
            return actions;
        }

        var found = new List<string>();
        foreach (var action in actions)
        {
            if (!action.EndsWith(".*", StringComparison.Ordinal))
            {
                found.Add(action);
                continue;
            }

            // From "run." to before "run/", the character after the dot.
            var table = sql.Table("search");
            await using var command = AuditSql.Command(connection, transaction, "", action[..^1], $"{action[..^2]}/");
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                WITH RECURSIVE below (action) AS (
                    SELECT min(action) FROM {table} WHERE action >= @p0 AND action < @p1
                    UNION ALL SELECT (SELECT min(s.action) FROM {table} s WHERE s.action > below.action AND s.action < @p1) FROM below WHERE below.action IS NOT NULL)
                SELECT action FROM below WHERE action IS NOT NULL LIMIT {MostActions + 1}
                """);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add(rows.GetString(0));
            }
        }

        // No action has this form: the empty one is nobody's, and the condition stays one.
        return found.Count > MostActions ? actions : found.Count == 0 ? [""] : found;
    }

    private static async Task<ResolvedQuery> TimeAsync(
        AuditSql sql, DbConnection connection, DbTransaction? transaction, ResolvedQuery resolved, long fewEvents, CancellationToken cancellationToken)
    {
        var query = resolved.Query;
        await using var command = AuditSql.Command(connection, transaction, "");
        var conditions = new List<string>();
        if (query.From is { } from)
        {
            conditions.Add($"event_time >= {AuditSql.Add(command, sql.Time(AuditQueryFilter.Bound(from)))}");
        }

        if (query.To is { } to)
        {
            conditions.Add($"event_time < {AuditSql.Add(command, sql.Time(AuditQueryFilter.Bound(to)))}");
        }

        // Out of the index alone. Events that came late, or by a clock that is wrong, are in the range like all others.
        var limit = query.To is null ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {ManyEvents + 1}") : "";
        command.CommandText = $"SELECT count(*), min(seq), max(seq) FROM (SELECT seq FROM {sql.Table("search")} WHERE {string.Join(" AND ", conditions)}{limit}) found";
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var count = row.GetInt64(0);
        return query.To is null && count > ManyEvents ? resolved with { TimeFollows = true }
            : count <= fewEvents ? resolved with { InTime = count }
            : resolved with { TimeFollows = true, InTime = count, Range = (row.GetInt64(1), row.GetInt64(2)) };
    }
}
