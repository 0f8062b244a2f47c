using System.Diagnostics;
using Npgsql;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Benchmarks.Auditing;

/// <summary>
/// One bad leaf among all of a large log in PostgreSQL, as its owner makes it: the bytes alone, then with hash and tile that match, then with the tile above
/// too. Each time the log is verified once, and what is told of the leaf is printed with the rows that were read. All is put back in the end.
/// </summary>
internal static class Tampering
{
    public static async Task RunAsync(string connection, ILedgerSource source, VerifyTrust trust, long index, TextWriter output)
    {
        var ledger = new WatchedLedger(source);
        await using var owner = new NpgsqlConnection(connection);
        await owner.OpenAsync();
        await ExecuteAsync(owner, "SET session_replication_role = replica");
        await TriggersAsync(owner, "DISABLE");
        var kept = new List<(string Sql, byte[] Bytes)>();
        output.WriteLine("| changed | leaves read | scans | tiles read, level 0 and 1 | s | told of |");
        output.WriteLine("|---|---:|---:|---:|---:|---|");
        try
        {
            await TellAsync("nothing");
            var other = await ScalarAsync(owner, $"SELECT leaf FROM audit.event WHERE leaf_index = {(index == 7 ? 8 : 7)}");
            await PutAsync($"audit.event SET leaf = @p WHERE leaf_index = {index}", $"SELECT leaf FROM audit.event WHERE leaf_index = {index}", other);
            await TellAsync("the bytes of the leaf");
            var hash = TreeHasher.Leaf(other);
            await PutAsync($"audit.leaf SET hash = @p WHERE leaf_index = {index}", $"SELECT hash FROM audit.leaf WHERE leaf_index = {index}", hash.Bytes.ToArray());
            var tile = await PutTileAsync(0, index / 256, index % 256, hash);
            await TellAsync("and its hash, and the tile over it");
            await PutTileAsync(1, index / 65_536, index / 256 % 256, TreeHasher.Complete(MerkleHash.Many(tile)));
            await TellAsync("and the tile above that");
        }
        finally
        {
            foreach (var (sql, bytes) in kept)
            {
                await ExecuteAsync(owner, $"UPDATE {sql}", bytes);
            }

            await TriggersAsync(owner, "ENABLE ALWAYS");
        }

        async Task PutAsync(string sql, string old, byte[] bytes)
        {
            kept.Insert(0, (sql, await ScalarAsync(owner, old)));
            await ExecuteAsync(owner, $"UPDATE {sql}", bytes);
        }

        async Task<byte[]> PutTileAsync(int level, long n, long at, MerkleHash hash)
        {
            var select = FormattableString.Invariant($"SELECT hashes FROM audit.tile WHERE level = {level} AND n = {n}");
            var hashes = await ScalarAsync(owner, select);
            hash.Bytes.CopyTo(hashes.AsSpan((int)at * 32));
            await PutAsync(FormattableString.Invariant($"audit.tile SET hashes = @p WHERE level = {level} AND n = {n}"), select, hashes);
            return hashes;
        }

        async Task TellAsync(string changed)
        {
            ledger.Rows.Clear();
            ledger.Scans.Clear();
            var clock = Stopwatch.StartNew();
            var report = await new Verifier(ledger, new FixedWitness(), TimeProvider.System).RunAsync(new VerifyRequest { SealerIsStopped = true }, trust, null, CancellationToken.None);
            var told = report.Problems
                .Where(static p => p.Kind is VerifyProblemKind.EventChanged or VerifyProblemKind.RootDiffers)
                .Select(static p => FormattableString.Invariant($"{p.Index:N0}{(p.LastIndex is { } last && last != p.Index ? $" to {last:N0}" : "")} ({VerifyWords.Label(p.Kind)}, last good checkpoint {p.LastGoodCheckpoint:N0})"));
            output.WriteLine(FormattableString.Invariant(
                $"| {changed} | {ledger.Rows[LedgerTable.Event]:N0} | {ledger.Scans[LedgerTable.Event]} | {ledger.Rows.GetValueOrDefault(LedgerTable.Tile0):N0} and {ledger.Rows.GetValueOrDefault(LedgerTable.Tile1):N0} | {clock.Elapsed.TotalSeconds:N1} | {(report.IsGood ? "nothing" : string.Join("; ", told))} |"));
        }
    }

    private static async Task TriggersAsync(NpgsqlConnection owner, string how) => await ExecuteAsync(
        owner,
        $"""
        DO $$ DECLARE r record; BEGIN
            FOR r IN SELECT t.tgname, t.tgrelid::regclass AS name FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgname LIKE '%\_change'
                AND t.tgrelid IN (SELECT 'audit.leaf'::regclass UNION SELECT 'audit.tile'::regclass UNION SELECT inhrelid FROM pg_inherits WHERE inhparent = 'audit.event'::regclass) LOOP
                EXECUTE format('ALTER TABLE %s {how} TRIGGER %I', r.name, r.tgname);
            END LOOP;
        END $$
        """);

    private static async Task<byte[]> ScalarAsync(NpgsqlConnection owner, string sql)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection owner, string sql, byte[]? value = null)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        if (value is not null)
        {
            command.Parameters.AddWithValue("p", value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
