using System.Data.Common;
using System.Globalization;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <summary>Any one cell changed by as little as its type allows, any one row deleted, in any table of the ledger: found. What is no evidence is listed, with its reason.</summary>
public sealed class ByteLaws
{
    /// <summary>
    /// Not bound by anything that is signed: when a checkpoint was signed and handed to an anchor, by the console's own clock (bounded by the leaves around it), and
    /// what tells whether an event that is sent again is the same one (a change makes a repetition a conflict, and changes no event).
    /// </summary>
    private static readonly HashSet<string> Bounded = ["checkpoint.signed_at", "anchor.at", "anchor.name", "receipt.salt", "receipt.digest"];

    private static readonly Dictionary<string, string[]> Tables = new()
    {
        ["event"] = ["leaf", "sealed_at"],
        ["leaf"] = ["hash", "seq"],
        ["gap"] = ["from_seq", "to_seq"],
        ["tile"] = ["hashes", "n", "level"],
        ["checkpoint"] = ["size", "root", "note", "signed_at"],
        ["cosignature"] = ["size", "name", "line", "at"],
        ["anchor"] = ["size", "name", "at"],
        ["disclosure"] = ["items", "leaf_index"],
        ["actor"] = ["ref", "type", "id", "display_name"],
        ["receipt"] = ["workspace", "id", "seq", "recorded_at", "salt", "digest"],
        ["inbox"] = ["seq", "workspace", "id", "recorded_at", "body"],
        ["progress"] = ["name", "value"],
        ["search"] =
        [
            "leaf_index", "seq", "sealed_at", "event_time", "recorded_at", "workspace", "event_id", "trace_id", "actor_ref", "action", "outcome", "resource_type", "resource_id", "source", "via",
        ],
    };

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Cell_ChangedAnywhere_IsFound(DatabaseKind kind)
    {
        var random = new Random(20261128);
        await using var log = await TamperedLog.CreateAsync(kind);
        foreach (var (table, columns) in Tables)
        {
            foreach (var column in columns.Where(c => !Bounded.Contains($"{table}.{c}")))
            {
                var keys = await KeysAsync(log, table, $"{column} IS NOT NULL");
                for (var i = 0; i < Math.Min(2, keys.Count); i++)
                {
                    var where = keys[random.Next(keys.Count)];
                    var cell = (await log.RowsAsync($"SELECT {column} FROM audit.{table} WHERE {where}")).Single()[0];
                    var changed = Cells.Changed(cell, random.Next(100_000));

                    // A row with another key is another row: such a change gets a copy of its own.
                    var isKey = Key(table).Contains(column, StringComparison.Ordinal);
                    await using var own = isKey ? await TamperedLog.CreateAsync(kind) : null;
                    var one = own ?? log;
                    if (await TryAsync(one, $"UPDATE audit.{table} SET {column} = @p0 WHERE {where}", changed))
                    {
                        Assert.False((await one.VerifyAsync()).IsGood, $"{table}.{column} where {where}: {cell} → {changed}");
                        await one.ExecuteAsync($"UPDATE audit.{table} SET {column} = @p0 WHERE {(isKey ? "1 = 0" : where)}", cell);
                    }
                }
            }
        }

        Assert.True((await log.VerifyAsync()).IsGood);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Row_DeletedAnywhere_IsFound(DatabaseKind kind)
    {
        var random = new Random(11);
        await using var log = await TamperedLog.CreateAsync(kind);
        foreach (var table in Tables.Keys.Where(static t => t != "anchor"))
        {
            var keys = await KeysAsync(log, table, "1 = 1");
            for (var i = 0; i < Math.Min(4, keys.Count); i++)
            {
                var where = keys[random.Next(keys.Count)];
                var before = (await log.RowsAsync($"SELECT * FROM audit.{table} WHERE {where}")).Single();
                await log.ExecuteAsync($"DELETE FROM audit.{table} WHERE {where}");

                // An older cosignature less makes the log weaker, and says nothing wrong: the newest one is asked for from its witness.
                var isTold = table != "cosignature" || where.Contains("620", StringComparison.Ordinal);
                log.Time.Advance(TimeSpan.FromMinutes(10));
                Assert.True(!isTold || !(await log.VerifyAsync()).IsGood, $"{table} where {where}");
                await InsertAsync(log, table, before);
            }
        }

        Assert.True((await log.VerifyAsync()).IsGood);
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(TamperedLog log, string table, string condition)
    {
        var key = Key(table);
        var rows = await log.RowsAsync($"SELECT {key} FROM audit.{table} WHERE {condition} ORDER BY {key}");
        var names = key.Split(", ");
        return
        [
            .. rows.Select(row => string.Join(" AND ", names.Select((name, i) => row[i] is string text
                ? $"{name} = '{text.Replace("'", "''", StringComparison.Ordinal)}'"
                : string.Create(CultureInfo.InvariantCulture, $"{name} = {row[i]}")))),
        ];
    }

    private static async Task<bool> TryAsync(TamperedLog log, string sql, object? value)
    {
        try
        {
            return await log.ExecuteAsync(sql, value) == 1;
        }
        catch (DbException)
        {
            // Another row has that key already.
            return false;
        }
    }

    private static string Key(string table) => table switch
    {
        "tile" => "level, n",
        "checkpoint" => "size",
        "cosignature" or "anchor" => "size, name",
        "actor" => "ref",
        "receipt" => "workspace, id",
        "inbox" => "seq",
        "progress" => "name",
        _ => "leaf_index",
    };

    private static Task<int> InsertAsync(TamperedLog log, string table, object?[] row) =>
        log.ExecuteAsync($"INSERT INTO audit.{table} VALUES ({string.Join(", ", row.Select(static (_, i) => $"@p{i}"))})", row);
}
