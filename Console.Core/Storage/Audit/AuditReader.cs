using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>
/// Reading of the audit trail from either database: the search table by keyset (never an offset), and the newest events that it lacks.
/// The list is ordered by sequence, newest first: the same order before and after sealing.
/// </summary>
public sealed partial class AuditReader : IAuditReader
{
    // Facets look at the newest so many events of a query: exact on small results, a sample of recent times on large ones.
    private const int FacetSample = 20_000;
    private const int FacetValues = 12;

    private const int StreamSeconds = 600;
    private static readonly string[] FacetFields = ["workspace", "action", "outcome", "resource_type", "source", "actor_ref"];

    private readonly AuditSql _sql;
    private readonly SealSignals _signals;
    private readonly long _fewEvents;

    /// <summary>Counted one by one up to here, estimated beyond.</summary>
    internal int CountLimit { get; init; } = 50_000;

    /// <summary>Blocks that an estimate looks at, and leaves of each.</summary>
    internal (int Blocks, int Block) EstimateBy { get; init; } = (40, 500);

    /// <summary>
    /// So many of the newest numbers are searched before all others, where what is searched for may be rare or may be old: what is common is found there at
    /// once, and what is not is rare enough to be looked up.
    /// </summary>
    internal long Window { get; init; } = 100_000;

    /// <summary>Over this database, migrated.</summary>
    /// <param name="database">Where.</param>
    /// <param name="time">Clock of the records of reading in SQLite.</param>
    /// <param name="signals">Told of every record of reading.</param>
    public AuditReader(ConsoleDatabase database, TimeProvider time, SealSignals signals)
        : this(database, time, signals, QueryResolving.FewEvents)
    {
    }

    /// <summary>The same with another bound of what is few: with 0 the smallest log is read as a large one is.</summary>
    internal AuditReader(ConsoleDatabase database, TimeProvider time, SealSignals signals, long fewEvents)
    {
        _sql = AuditSql.For(database, time);
        _signals = signals;
        _fewEvents = fewEvents;
    }

    /// <inheritdoc />
    public Task<AuditPage> SearchAsync(AuditQuery query, AuditCursor? after, int count, AuditEvent access, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        return RecordedAsync(access, (connection, transaction, own) => PageAsync(connection, transaction, query.LimitedTo(access.Readable), after, count, own, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task<AuditRecord?> FindAsync(string workspace, string id, AuditEvent access, CancellationToken cancellationToken) =>
        RecordedAsync(
            access,
            (connection, transaction, _) => access.Readable is { } readable && !readable.Contains(workspace, StringComparer.Ordinal)
                ? Task.FromResult<AuditRecord?>(null)
                : FindAsync(connection, transaction, workspace, id, cancellationToken),
            cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<AuditRecord> StreamAsync(AuditQuery query, AuditEvent access, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var own = await RecordedAsync(access, static (_, _, own) => Task.FromResult(own), cancellationToken);
        await foreach (var record in AllAsync(query.LimitedTo(access.Readable), own, newestFirst: false, cancellationToken))
        {
            yield return record;
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<AuditRecord> OwnActsAsync(AuditQuery query, CancellationToken cancellationToken) =>
        AllAsync(query, own: 0, newestFirst: true, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditFacet>> FacetsAsync(AuditQuery query, CancellationToken cancellationToken) =>
        ReadAsync(async (connection, transaction) => await FacetsAsync(connection, transaction, query, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<AuditCount> CountAsync(AuditQuery query, CancellationToken cancellationToken) =>
        ReadAsync((connection, transaction) => CountAsync(connection, transaction, query, cancellationToken), cancellationToken);

    // Records the access and reads in the same transaction; what was read is given out only after the commit.
    private async Task<T> RecordedAsync<T>(AuditEvent access, Func<DbConnection, DbTransaction?, long, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _sql.AppendAsync(
                [access],
                AuditVia.Console,
                AuditTrail.AuditTrail.AppendedBy,
                (connection, transaction, results) => results[0] switch
                {
                    AppendResult.Recorded { Receipt: var receipt } => read(connection, transaction, receipt.Sequence),
                    AppendResult.Duplicate { Receipt: var receipt } => read(connection, transaction, receipt.Sequence),
                    _ => throw new AuditUnavailableException($"The audit trail holds another event with the id {access.Id}, so this reading is not recorded, and not done."),
                },
                cancellationToken);
            _signals.TellAppended();
            return answer;
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be read now", e);
        }
    }

    private async Task<T> ReadAsync<T>(Func<DbConnection, DbTransaction, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _sql.OpenAsync(cancellationToken);
            await using var transaction = await _sql.BeginReadAsync(connection, cancellationToken);
            return await read(connection, transaction);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be read now", e);
        }
    }

    private async Task<AuditPage> PageAsync(
        DbConnection connection, DbTransaction? transaction, AuditQuery query, AuditCursor? after, int count, long own, CancellationToken cancellationToken)
    {
        var below = after?.Sequence ?? long.MaxValue;
        var tail = await AuditTail.ReadAsync(_sql, connection, transaction, query, below, cancellationToken);
        var resolved = await QueryResolving.ResolveAsync(_sql, connection, transaction, query, _fewEvents, cancellationToken);

        // One more than asked tells whether there is a next page; the event of this very access is left out.
        var records = tail.Where(record => record.Position.Sequence != own).Take(count + 1).ToList();
        if (_sql.Guesses && resolved.IsGuess)
        {
            var top = Math.Min(below - 1, resolved.Range?.High ?? await NewestAsync(connection, transaction, cancellationToken));
            var window = top - Window;
            var newest = await RowsAsync(connection, transaction, resolved, below, window, count + 1, isSorted: false, cancellationToken);
            records.AddRange(newest);
            if (newest.Count <= count && window > 0)
            {
                records.AddRange(await RowsAsync(connection, transaction, resolved, window + 1, floor: 0, count + 1 - newest.Count, isSorted: true, cancellationToken));
            }
        }
        else
        {
            records.AddRange(await RowsAsync(connection, transaction, resolved, below, floor: null, count + 1, isSorted: false, cancellationToken));
        }

        records.Sort(static (a, b) => b.Position.Sequence.CompareTo(a.Position.Sequence));
        return records.Count > count
            ? new AuditPage(records[..count], new AuditCursor(records[count - 1].Position.Sequence))
            : new AuditPage(records, null);
    }

    private async Task<long> NewestAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(connection, transaction, $"SELECT coalesce(max(seq), 0) FROM {_sql.Table("search")}");
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    // isSorted: all that is found is sorted, so that the indexes of the restrictions lead. Otherwise the database may walk from the newest back and stop early.
    private async Task<List<AuditRecord>> RowsAsync(
        DbConnection connection, DbTransaction? transaction, ResolvedQuery resolved, long below, long? floor, int most, bool isSorted, CancellationToken cancellationToken)
    {
        var words = resolved.Words.Count > 0;
        await using var command = AuditSql.Command(connection, transaction, "", below);
        var text = new StringBuilder($"WITH page AS {Materialized} (SELECT s.leaf_index, s.sealed_at, s.seq FROM {_sql.SearchFrom(words)} WHERE {_sql.Below("@p0", words)}");
        if (floor is { } least)
        {
            text.Append(" AND s.seq > ").Append(AuditSql.Add(command, least));
        }

        AuditConditions.Append(_sql, text, command, resolved);
        text.Append(CultureInfo.InvariantCulture, $" ORDER BY {(isSorted ? _sql.Sorted(_sql.Leading(words)) : _sql.Leading(words))} DESC LIMIT {most}) SELECT {AuditRows.SealedColumns} FROM page p {Joins("p")} ORDER BY p.seq DESC");
        command.CommandText = text.ToString();
        var records = new List<AuditRecord>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (AuditRows.Sealed(_sql, rows) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    private async Task<AuditRecord?> FindAsync(DbConnection connection, DbTransaction? transaction, string workspace, string id, CancellationToken cancellationToken)
    {
        await using (var inbox = AuditSql.Command(
            connection,
            transaction,
            $"SELECT {AuditRows.UnsealedColumns} FROM {_sql.Table("receipt")} r JOIN {_sql.Table("inbox")} i ON i.seq = r.seq WHERE r.workspace = @p0 AND r.id = @p1",
            workspace,
            id))
        {
            await using var rows = await inbox.ExecuteReaderAsync(cancellationToken);
            if (await rows.ReadAsync(cancellationToken))
            {
                return AuditRows.Unsealed(_sql, rows);
            }
        }

        await using var log = AuditSql.Command(
            connection,
            transaction,
            $"""
            SELECT {AuditRows.SealedColumns} FROM {_sql.Table("receipt")} r JOIN {_sql.Table("leaf")} l ON l.seq = r.seq
            JOIN {_sql.Table("event")} e ON e.leaf_index = l.leaf_index LEFT JOIN {_sql.Table("disclosure")} d ON d.leaf_index = l.leaf_index
            WHERE r.workspace = @p0 AND r.id = @p1
            """,
            workspace,
            id);
        await using var leaves = await log.ExecuteReaderAsync(cancellationToken);
        return await leaves.ReadAsync(cancellationToken) ? AuditRows.Sealed(_sql, leaves) : null;
    }

    // One statement whose rows stream, all from one state of the database. The tail is the newest part: last when the oldest come first.
    private async IAsyncEnumerable<AuditRecord> AllAsync(AuditQuery query, long own, bool newestFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await GuardAsync(_sql.OpenAsync(cancellationToken));
        await using var transaction = await GuardAsync(_sql.BeginReadAsync(connection, cancellationToken));
        var tail = await GuardAsync(AuditTail.ReadAsync(_sql, connection, transaction, query, long.MaxValue, cancellationToken));
        var resolved = await GuardAsync(QueryResolving.ResolveAsync(_sql, connection, transaction, query, _fewEvents, cancellationToken));
        if (newestFirst)
        {
            foreach (var record in tail)
            {
                yield return record;
            }
        }

        await using (var command = AuditSql.Command(connection, transaction, ""))
        {
            var words = resolved.Words.Count > 0;
            var text = new StringBuilder($"SELECT {AuditRows.SealedColumns} FROM {_sql.SearchFrom(words)} {Joins("s")} WHERE 1 = 1");
            AuditConditions.Append(_sql, text, command, resolved);
            command.CommandText = text.Append(newestFirst ? $" ORDER BY {_sql.Leading(words)} DESC" : $" ORDER BY {_sql.LeafIndex(words)}").ToString();
            command.CommandTimeout = StreamSeconds;
            await using var rows = new StreamedRows(command, await GuardAsync(command.ExecuteReaderAsync(cancellationToken)));
            while (await GuardAsync(rows.ReadAsync(cancellationToken)))
            {
                if (AuditRows.Sealed(_sql, rows.Row) is { } record && record.Position.Sequence != own)
                {
                    yield return record;
                }
            }
        }

        if (!newestFirst)
        {
            foreach (var record in tail.Where(record => record.Position.Sequence != own)
                .OrderBy(static record => record.Position.Index ?? long.MaxValue).ThenBy(static record => record.Position.Sequence))
            {
                yield return record;
            }
        }
    }

    private async Task<T> GuardAsync<T>(Task<T> task)
    {
        try
        {
            return await task;
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be read now", e);
        }
    }

    private async Task ActorNamesAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<string> refs, Dictionary<string, string> names, CancellationToken cancellationToken)
    {
        if (refs.Count == 0)
        {
            return;
        }

        await using var command = AuditSql.Command(connection, transaction, "");
        command.CommandText = $"SELECT ref, id FROM {_sql.Table("actor")} WHERE ref IN ({string.Join(", ", refs.Select(actor => AuditSql.Add(command, actor)))})";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            names[rows.GetString(0)] = rows.GetString(1);
        }
    }

    // Both databases plan a page better when the page is found first and then filled.
    private const string Materialized = "MATERIALIZED";

    private string Joins(string from) =>
        $"JOIN {_sql.Table("event")} e ON e.leaf_index = {from}.leaf_index AND e.sealed_at = {from}.sealed_at LEFT JOIN {_sql.Table("disclosure")} d ON d.leaf_index = {from}.leaf_index";
}
