using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Benchmarks.Auditing;

/// <summary>
/// A log of millions within minutes: leaves are made here and put in by the sealer's own COPY, each sealed when it happened, so that a year has its
/// monthly partitions; receipts beside them; the search is made from the leaves, and its indexes afterwards, in one go.
/// </summary>
internal static class CopyFilling
{
    private const int Batch = 20_000;
    private const string SecondaryIndexes =
        """
        SELECT pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text FROM pg_index i WHERE i.indrelid IN ('audit.search'::regclass, 'audit.receipt'::regclass)
            AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
        """;

    public static async Task RunAsync(Arguments arguments, SyntheticEvents events, long count, TextWriter output)
    {
        var connection = arguments.Needed("connection");
        var folder = Directory.CreateDirectory(arguments.Text("folder") ?? Path.Combine(Path.GetTempPath(), "opsconsole-bench")).FullName;
        await using var database = ConsoleDatabase.For(connection, "");
        await database.MigrateAsync(CancellationToken.None);
        var keys = LogKeys.Open(Path.Combine(folder, "audit.key"), "opsconsole.local/audit");
        var clock = Stopwatch.StartNew();
        await using var session = await new SealStore(database, TimeProvider.System).OpenAsync(CancellationToken.None) ?? throw new InvalidOperationException("Another sealer is at work.");
        await using var beside = new NpgsqlConnection(connection);
        await beside.OpenAsync();
        var tiles = (await session.LoadAsync(CancellationToken.None)).Tiles;
        if (tiles.Size > 0)
        {
            throw new InvalidOperationException("The log is not empty.");
        }

        var indexes = await IndexesAsync(beside);
        foreach (var (_, name) in indexes)
        {
            await ExecuteAsync(beside, $"DROP INDEX {name}");
        }

        var builder = new LeafBuilder();
        var actors = Enumerable.Range(0, SyntheticEvents.People)
            .Select(i => new NewActor(new ActorKey(AuditActorType.User, SyntheticEvents.Person(i)), builder.NewActorRef(), null)).ToArray();
        var refs = actors.ToDictionary(static a => a.Key.Id, static a => a.Ref, StringComparer.Ordinal);
        for (var from = 0L; from < count; from += Batch)
        {
            var some = events.Take(from, Math.Min(count, from + Batch));
            var leaves = Leaves(some, from, refs);
            var full = new List<TileData>();
            tiles.Append([.. leaves.Select(static l => l.Hash)], full);
            var now = some[^1].Time;
            var batch = new SealBatch { FirstIndex = from, SealedAt = now, Leaves = leaves, Actors = from == 0 ? actors : [], Tiles = full, Settled = from + leaves.Length };
            var receipts = ReceiptsAsync(beside, some, from);
            await session.SealAsync(batch, CancellationToken.None);
            await session.SaveAsync(new Checkpoint(keys.Origin, tiles.Size, tiles.Root()).Sign(keys.Signers), now, CancellationToken.None);
            await session.IndexAsync(Batch, CancellationToken.None);
            await receipts;
            if (tiles.Size % (25 * Batch) == 0)
            {
                output.WriteLine(FormattableString.Invariant($"{tiles.Size:N0} events, {clock.Elapsed.TotalSeconds:N0} s"));
            }
        }

        await ExecuteAsync(beside, FormattableString.Invariant($"SELECT setval('audit.event_seq', {count})"));
        await ExecuteAsync(beside, "SET maintenance_work_mem = '1GB'");
        foreach (var (definition, name) in indexes)
        {
            await ExecuteAsync(beside, definition);
            output.WriteLine(FormattableString.Invariant($"{name}, {clock.Elapsed.TotalSeconds:N0} s"));
        }

        await ExecuteAsync(beside, "VACUUM ANALYZE");
        output.WriteLine(FormattableString.Invariant($"{count:N0} events in {clock.Elapsed.TotalSeconds:N0} s"));
    }

    private static SealLeaf[] Leaves(IReadOnlyList<AuditEvent> events, long first, Dictionary<string, string> refs)
    {
        var leaves = new SealLeaf[events.Count];
        Parallel.For(0, 2, share =>
        {
            var builder = new LeafBuilder();
            for (var i = events.Count * share / 2; i < events.Count * (share + 1) / 2; i++)
            {
                var built = builder.Build(events[i], new LeafPosition(first + i + 1, events[i].Time, AuditVia.Api, "bench", refs[events[i].Actor.Id]));
                leaves[i] = new SealLeaf(first + i + 1, TreeHasher.Leaf(built.Bytes), built.Bytes, built.Disclosures, null);
            }
        });
        return leaves;
    }

    // Salt and digest are held against nothing: random ones do.
    private static async Task ReceiptsAsync(NpgsqlConnection connection, IReadOnlyList<AuditEvent> events, long first)
    {
        await using var writer = await connection.BeginBinaryImportAsync("COPY audit.receipt (workspace, id, seq, recorded_at, salt, digest) FROM STDIN (FORMAT BINARY)");
        for (var i = 0; i < events.Count; i++)
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(events[i].Workspace, NpgsqlDbType.Text);
            await writer.WriteAsync(events[i].Id, NpgsqlDbType.Text);
            await writer.WriteAsync(first + i + 1, NpgsqlDbType.Bigint);
            await writer.WriteAsync(events[i].Time.UtcDateTime, NpgsqlDbType.TimestampTz);
            await writer.WriteAsync(RandomNumberGenerator.GetBytes(16), NpgsqlDbType.Bytea);
            await writer.WriteAsync(RandomNumberGenerator.GetBytes(32), NpgsqlDbType.Bytea);
        }

        await writer.CompleteAsync();
    }

    private static async Task<List<(string Definition, string Name)>> IndexesAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(SecondaryIndexes, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var indexes = new List<(string, string)>();
        while (await rows.ReadAsync())
        {
            indexes.Add((rows.GetString(0), rows.GetString(1)));
        }

        return indexes;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
