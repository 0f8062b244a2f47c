using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>
/// Hundreds of thousands of sealed leaves in PostgreSQL within seconds: made here, put in by the sealer's own COPY, the searchable columns beside them.
/// Without inbox and receipts, and without the words of the search: for verifications that are not full.
/// </summary>
public static class LargeLog
{
    private const string Action = "invoice.approve";
    private static readonly ActorKey Person = new(AuditActorType.User, "maria.lind@acme.example");

    /// <summary>Fills a bench that is empty.</summary>
    /// <param name="bench">Over PostgreSQL.</param>
    /// <param name="count">Leaves.</param>
    /// <param name="every">Leaves between two checkpoints.</param>
    public static async Task FillAsync(AuditBench bench, int count, int every)
    {
        // Without them a row costs a tenth; verification asks none of them.
        await bench.Database.ExecuteAsync(
            """
            DO $$ DECLARE r record; BEGIN
                FOR r IN SELECT i.indexrelid::regclass AS name FROM pg_index i
                    WHERE i.indrelid = 'audit.search'::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid) LOOP
                    EXECUTE format('DROP INDEX %s', r.name);
                END LOOP;
            END $$
            """);
        await using var session = await bench.SealStore.OpenAsync(CancellationToken.None) ?? throw new InvalidOperationException("Another sealer is at work.");
        await using var search = new NpgsqlConnection(bench.Database.Connection);
        await search.OpenAsync();
        var tiles = (await session.LoadAsync(CancellationToken.None)).Tiles;
        var actorRef = new LeafBuilder().NewActorRef();
        for (var from = 0; from < count; from += every)
        {
            var size = Math.Min(every, count - from);
            var now = AuditTime.Truncate(bench.Time.GetUtcNow());
            var leaves = Leaves(from, size, now, actorRef);
            var full = new List<TileData>();
            tiles.Append([.. leaves.Select(static l => l.Hash)], full);
            await session.SealAsync(
                new SealBatch
                {
                    FirstIndex = from,
                    SealedAt = now,
                    Leaves = leaves,
                    Actors = from == 0 ? [new NewActor(Person, actorRef, "Maria Lind")] : [],
                    Tiles = full,
                    Settled = from + size,
                },
                CancellationToken.None);
            await session.SaveAsync(new Checkpoint(AuditBench.Origin, tiles.Size, tiles.Root()).Sign([AuditBench.LogKey.AsLog()]), now, CancellationToken.None);
            await IndexAsync(search, from, size, now, actorRef);
        }

        await bench.Database.ExecuteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT setval('audit.event_seq', {count}); INSERT INTO audit.progress (name, value) VALUES ('indexed', {count})"));
    }

    private static string Id(long index) => string.Create(CultureInfo.InvariantCulture, $"large-{index}");

    private static SealLeaf[] Leaves(long from, int count, DateTimeOffset now, string actorRef)
    {
        var leaves = new SealLeaf[count];
        Parallel.For(0, 2, share =>
        {
            var builder = new LeafBuilder();
            for (var i = count * share / 2; i < count * (share + 1) / 2; i++)
            {
                var built = builder.Build(Event(from + i), new LeafPosition(from + i + 1, now, AuditVia.Api, "bench", actorRef));
                leaves[i] = new SealLeaf(from + i + 1, TreeHasher.Leaf(built.Bytes), built.Bytes, built.Disclosures, null);
            }
        });
        return leaves;
    }

    private static AuditEvent Event(long index) => new()
    {
        Id = Id(index),
        Time = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero),
        Workspace = "acme-prod",
        Actor = new AuditActor { Type = Person.Type, Id = Person.Id },
        Action = Action,
        Outcome = AuditOutcome.Success,
    };

    private static async Task IndexAsync(NpgsqlConnection connection, long from, int count, DateTimeOffset now, string actorRef)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "COPY audit.search (leaf_index, seq, sealed_at, event_time, recorded_at, workspace, event_id, actor_ref, action, outcome, via, words) FROM STDIN (FORMAT BINARY)");
        for (var index = from; index < from + count; index++)
        {
            var e = Event(index);
            await writer.StartRowAsync();
            await writer.WriteAsync(index, NpgsqlDbType.Bigint);
            await writer.WriteAsync(index + 1, NpgsqlDbType.Bigint);
            await writer.WriteAsync(now.UtcDateTime, NpgsqlDbType.TimestampTz);
            await writer.WriteAsync(e.Time.UtcDateTime, NpgsqlDbType.TimestampTz);
            await writer.WriteAsync(now.UtcDateTime, NpgsqlDbType.TimestampTz);
            foreach (var text in (string[])[e.Workspace, e.Id, actorRef, e.Action, AuditWords.Of(e.Outcome), AuditWords.Of(AuditVia.Api)])
            {
                await writer.WriteAsync(text, NpgsqlDbType.Text);
            }

            await writer.WriteAsync(Array.Empty<string>(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        }

        await writer.CompleteAsync();
    }
}
