using System.Data.Common;
using System.Globalization;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.Storage.Audit;

/// <content>How many there are, counted or estimated, and of which kinds.</content>
public sealed partial class AuditReader
{
    private async Task<IReadOnlyList<AuditFacet>> FacetsAsync(DbConnection connection, DbTransaction transaction, AuditQuery query, CancellationToken cancellationToken)
    {
        var counts = FacetFields.ToDictionary(static field => field, static _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);
        var resolved = await QueryResolving.ResolveAsync(_sql, connection, transaction, query, _fewEvents, cancellationToken);
        var words = resolved.Words.Count > 0;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var command = AuditSql.Command(connection, transaction, ""))
        {
            var text = new StringBuilder($"WITH newest AS {Materialized} (SELECT {string.Join(", ", FacetFields.Select(static f => $"s.{f}"))} FROM {_sql.SearchFrom(words)} WHERE 1 = 1");
            AuditConditions.Append(_sql, text, command, resolved);
            text.Append(CultureInfo.InvariantCulture, $" ORDER BY {_sql.Leading(words)} DESC LIMIT {FacetSample}) ");
            text.AppendJoin(" UNION ALL ", FacetFields.Select(static field =>
                $"SELECT '{field}', {field}, count(*) FROM newest WHERE {field} IS NOT NULL GROUP BY {field}"));
            command.CommandText = text.ToString();
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                counts[rows.GetString(0)][rows.GetString(1)] = rows.GetInt64(2);
            }
        }

        foreach (var record in await AuditTail.ReadAsync(_sql, connection, transaction, query, long.MaxValue, cancellationToken))
        {
            Count("workspace", record.Event.Workspace);
            Count("action", record.Event.Action);
            Count("outcome", AuditWords.Of(record.Event.Outcome));
            Count("resource_type", record.Event.Resource?.Type);
            Count("source", record.Event.Source?.Service);
            Count("actor_ref", record.Event.Actor.Id);
        }

        await ActorNamesAsync(connection, transaction, [.. Best(counts["actor_ref"], int.MaxValue).Take(FacetValues * 4).Select(static c => c.Key)], names, cancellationToken);
        return [.. FacetFields.SelectMany(field => Best(field == "actor_ref" ? Named(counts[field]) : counts[field], FacetValues)
            .Select(c => new AuditFacet(FilterName(field), c.Key, c.Value)))];

        void Count(string field, string? value)
        {
            if (value is not null)
            {
                counts[field][value] = counts[field].GetValueOrDefault(value) + 1;
            }
        }

        // The tail knows ids, the table pseudonyms; one person may be under both.
        Dictionary<string, long> Named(Dictionary<string, long> byRef) => byRef
            .GroupBy(c => names.GetValueOrDefault(c.Key, c.Key), static c => c.Value, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Sum(), StringComparer.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, long>> Best(Dictionary<string, long> counts, int most) =>
        counts.OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal).Take(most);

    // Names as in the filter box.
    private static string FilterName(string column) => column switch
    {
        "actor_ref" => "actor",
        "resource_type" => "type",
        _ => column,
    };

    private async Task<AuditCount> CountAsync(DbConnection connection, DbTransaction transaction, AuditQuery query, CancellationToken cancellationToken)
    {
        var tail = await AuditTail.ReadAsync(_sql, connection, transaction, query, long.MaxValue, cancellationToken);
        var resolved = await QueryResolving.ResolveAsync(_sql, connection, transaction, query, _fewEvents, cancellationToken);
        if (resolved is { InTime: { } inTime, Restrictions: 0 } && query.Except.IsNothing)
        {
            // Counted already, out of the index of times.
            return new AuditCount(inTime + tail.Count, Estimated: false);
        }

        await using var command = AuditSql.Command(connection, transaction, "");
        var text = new StringBuilder($"SELECT count(*) FROM (SELECT 1 AS one FROM {_sql.SearchFrom(resolved.Words.Count > 0)} WHERE 1 = 1");
        AuditConditions.Append(_sql, text, command, resolved);
        command.CommandText = text.Append(CultureInfo.InvariantCulture, $" LIMIT {CountLimit + 1}) counted").ToString();
        var counted = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        return counted <= CountLimit
            ? new AuditCount(counted + tail.Count, Estimated: false)
            : new AuditCount(Math.Max(await EstimateAsync(connection, transaction, resolved, cancellationToken), counted) + tail.Count, Estimated: true);
    }

    // The share of the query in evenly spread blocks of neighbours, times all events.
    private async Task<long> EstimateAsync(DbConnection connection, DbTransaction transaction, ResolvedQuery resolved, CancellationToken cancellationToken)
    {
        await using var range = AuditSql.Command(connection, transaction, $"SELECT coalesce(min(leaf_index), 0), coalesce(max(leaf_index), -1) + 1 FROM {_sql.Table("search")}");
        if (resolved.Range is var (low, high))
        {
            // Leaves lie almost in the order of numbers: good enough to estimate by.
            range.CommandText += $" WHERE seq IN ({AuditSql.Add(range, low)}, {AuditSql.Add(range, high)})";
        }

        long first, end;
        await using (var row = await range.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            (first, end) = (row.GetInt64(0), row.GetInt64(1));
        }

        await using var command = AuditSql.Command(connection, transaction, "");
        var words = resolved.Words.Count > 0;
        var conditions = new StringBuilder();
        AuditConditions.Append(_sql, conditions, command, resolved with { TimeFollows = true });
        var (blocks, block) = EstimateBy;
        var step = Math.Max((end - first) / blocks, block);
        var looked = 0L;
        var parts = new List<string>();
        for (var from = first; from < end; from += step)
        {
            looked += Math.Min(block, end - from);
            if (!words || !_sql.WordsLead)
            {
                parts.Add(string.Create(
                    CultureInfo.InvariantCulture, $"SELECT count(*) AS hits FROM {_sql.SearchFrom(words)} WHERE {_sql.LeafIndex(words)} BETWEEN {from} AND {from + block - 1}{conditions}"));
            }
        }

        if (words && _sql.WordsLead)
        {
            // All blocks in one look at the words.
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT count(*) AS hits FROM {_sql.SearchFrom(words)} WHERE {_sql.LeafIndex(words)} >= {first} AND ({_sql.LeafIndex(words)} - {first}) % {step} < {block}{conditions}"));
        }

        command.CommandText = $"SELECT coalesce(sum(hits), 0) FROM ({string.Join(" UNION ALL ", parts)}) counted";
        var hits = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        return looked == 0 ? 0 : (long)(hits / (double)looked * (end - first));
    }
}
