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
    /// <param name="resolved">Which events.</param>
    public static void Append(AuditSql sql, StringBuilder text, DbCommand command, ResolvedQuery resolved)
    {
        var query = resolved.Query;
        OneOf(text, command, "s.workspace", query.Workspaces);
        OneOf(text, command, "s.trace_id", query.TraceIds);
        OneOf(text, command, "s.resource_type", query.ResourceTypes);
        OneOf(text, command, "s.resource_id", query.ResourceIds);
        OneOf(text, command, "s.source", query.Sources);
        OneOf(text, command, "s.outcome", [.. query.Outcomes.Select(AuditWords.Of)]);
        OneOf(text, command, "s.actor_ref", resolved.Actors);
        if (resolved.Actions.Count > 0)
        {
            Actions(text.Append(" AND "), command, resolved.Actions);
        }

        Except(text, command, query.Except, resolved.NotActors);
        Time(sql, text, command, resolved);
        if (resolved.Words.Count > 0)
        {
            var name = AuditSql.Add(command, null);
            (var condition, command.Parameters[^1].Value) = sql.Words(name, resolved.Words);
            text.Append(" AND ").Append(condition);
        }
    }

    private static void Time(AuditSql sql, StringBuilder text, DbCommand command, ResolvedQuery resolved)
    {
        var column = resolved.TimeFollows ? sql.Unindexed("s.event_time") : "s.event_time";
        if (resolved.Query.From is { } from)
        {
            text.Append(" AND ").Append(column).Append(" >= ").Append(AuditSql.Add(command, sql.Time(AuditQueryFilter.Bound(from))));
        }

        if (resolved.Query.To is { } to)
        {
            text.Append(" AND ").Append(column).Append(" < ").Append(AuditSql.Add(command, sql.Time(AuditQueryFilter.Bound(to))));
        }

        if (resolved.Range is var (low, high))
        {
            text.Append(" AND s.seq >= ").Append(AuditSql.Add(command, low)).Append(" AND s.seq <= ").Append(AuditSql.Add(command, high));
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
    private static void Actions(StringBuilder text, DbCommand command, IReadOnlyList<string> actions)
    {
        if (actions.All(static action => !action.EndsWith(".*", StringComparison.Ordinal)))
        {
            // One list, not alternatives: databases walk an index for a list.
            text.Append("s.action IN (").AppendJoin(", ", actions.Select(action => AuditSql.Add(command, action))).Append(')');
            return;
        }

        text.Append('(').AppendJoin(" OR ", actions.Select(action => action.EndsWith(".*", StringComparison.Ordinal)
            ? $"(s.action >= {AuditSql.Add(command, action[..^1])} AND s.action < {AuditSql.Add(command, $"{action[..^2]}/")})"
            : $"s.action = {AuditSql.Add(command, action)}")).Append(')');
    }
}
