using System.Data.Common;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Search;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>A query of people as conditions on <c>audit.search s</c>; values are parameters, never text.</summary>
internal static class AuditConditions
{
    /// <summary>Appends <c> AND …</c> for each restriction, and the parameters to the command.</summary>
    /// <param name="sql">The database's own words.</param>
    /// <param name="text">The statement so far, ending in a condition.</param>
    /// <param name="command">Gets the parameters.</param>
    /// <param name="query">Which events.</param>
    /// <param name="actors">Pseudonyms of the query's actors.</param>
    public static void Append(AuditSql sql, StringBuilder text, DbCommand command, AuditQuery query, ActorRefs actors)
    {
        OneOf(text, command, "s.workspace", query.Workspaces);
        OneOf(text, command, "s.trace_id", query.TraceIds);
        OneOf(text, command, "s.resource_type", query.ResourceTypes);
        OneOf(text, command, "s.resource_id", query.ResourceIds);
        OneOf(text, command, "s.source", query.Sources);
        OneOf(text, command, "s.outcome", [.. query.Outcomes.Select(AuditWords.Of)]);
        if (query.Actors.Count > 0)
        {
            OneOf(text, command, "s.actor_ref", actors.Wanted);
        }

        if (query.Actions.Count > 0)
        {
            Actions(text.Append(" AND "), command, query.Actions);
        }

        Except(text, command, query.Except, actors.Unwanted);
        if (query.From is { } from)
        {
            text.Append(" AND s.event_time >= ").Append(AuditSql.Add(command, sql.Time(AuditQueryFilter.Bound(from))));
        }

        if (query.To is { } to)
        {
            text.Append(" AND s.event_time < ").Append(AuditSql.Add(command, sql.Time(AuditQueryFilter.Bound(to))));
        }

        if (AuditSearchWords.Of(query.Text) is { Count: > 0 } words)
        {
            var name = AuditSql.Add(command, null);
            (var condition, command.Parameters[^1].Value) = sql.Words(name, words);
            text.Append(" AND ").Append(condition);
        }
    }

    private static void OneOf(StringBuilder text, DbCommand command, string column, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            text.Append(" AND ").Append(column).Append(" IN (").AppendJoin(", ", values.Select(value => AuditSql.Add(command, value))).Append(')');
        }
    }

    private static void Except(StringBuilder text, DbCommand command, AuditExcept except, IReadOnlyList<string> actorRefs)
    {
        NoneOf(text, command, "s.workspace", except.Workspaces);
        NoneOf(text, command, "s.trace_id", except.TraceIds);
        NoneOf(text, command, "s.resource_type", except.ResourceTypes);
        NoneOf(text, command, "s.resource_id", except.ResourceIds);
        NoneOf(text, command, "s.source", except.Sources);
        NoneOf(text, command, "s.outcome", [.. except.Outcomes.Select(AuditWords.Of)]);
        NoneOf(text, command, "s.actor_ref", actorRefs);
        if (except.Actions.Count > 0)
        {
            Actions(text.Append(" AND NOT "), command, except.Actions);
        }
    }

    // What has no value at all is not one of these.
    private static void NoneOf(StringBuilder text, DbCommand command, string column, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            text.Append(" AND (").Append(column).Append(" IS NULL OR ").Append(column).Append(" NOT IN (")
                .AppendJoin(", ", values.Select(value => AuditSql.Add(command, value))).Append("))");
        }
    }

    // "run.*" is everything below run: from "run." to before "run/", the character after the dot.
    private static void Actions(StringBuilder text, DbCommand command, IReadOnlyList<string> actions) =>
        text.Append('(').AppendJoin(" OR ", actions.Select(action => action.EndsWith(".*", StringComparison.Ordinal)
            ? $"(s.action >= {AuditSql.Add(command, action[..^1])} AND s.action < {AuditSql.Add(command, $"{action[..^2]}/")})"
            : $"s.action = {AuditSql.Add(command, action)}")).Append(')');
}
