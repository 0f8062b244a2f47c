using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Benchmarks.Sealing;

/// <summary>The goals of sealing (docs/audit-trail.md, "Figures"), each measured as it is worded.</summary>
internal static class SealBenchmarks
{
    private const int WarmUp = 100_000;

    /// <summary>The sealer alone: a full inbox until it is empty and signed; then the search index.</summary>
    public static async Task SealAsync(long events, TextWriter output)
    {
        await using var world = await AuditWorld.StartAsync();
        var clock = Stopwatch.StartNew();
        events += WarmUp;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (int)(events / 1000)),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (batch, cancellationToken) => await world.Store.AppendAsync(
                [.. Enumerable.Range(0, 1000).Select(i => AuditWorld.Event((batch * 1000L) + i))], AuditVia.Api, "bench", cancellationToken));
        Say(output, $"append {events:N0} events, 1,000 a transaction, 4 writers: {clock.Elapsed.TotalSeconds:N1} s, {events / clock.Elapsed.TotalSeconds:N0} events/s");
        await PostgresCluster.ExecuteAsync(world.Connection, "ANALYZE");

        await using var session = await world.Seals.OpenAsync(CancellationToken.None) ?? throw new InvalidOperationException("The place is taken.");

        // Forgetting actors parses what is not indexed yet, which is everything here: it has no place in this figure.
        var run = new SealRun(await session.LoadAsync(CancellationToken.None)) { NeedsIndex = false, ForgotAt = TimeProvider.System.GetUtcNow() };
        var sealer = world.Sealer();

        // The first batches teach the runtime its code.
        for (var i = 0; i < WarmUp / 10_000; i++)
        {
            run.NeedsIndex = false;
            await sealer.PassAsync(session, run, CancellationToken.None);
        }

        events -= run.Tiles.Size;
        var (own, server) = await ProcessorTime.ReadAsync(world.Connection);
        clock.Restart();
        do
        {
            // Indexing waits as long as batches are full; the last, short one is not measured with it.
            run.NeedsIndex = false;
        }
        while (await sealer.PassAsync(session, run, CancellationToken.None) || (await session.BacklogAsync(CancellationToken.None)).Count > 0);

        var seconds = clock.Elapsed.TotalSeconds;
        var (ownAfter, serverAfter) = await ProcessorTime.ReadAsync(world.Connection);
        Say(output, $"seal and sign: {seconds:N1} s, {events / seconds:N0} events/s (goal 50,000)");
        Say(output, $"processor time of an event: {(ownAfter - own) * 1e6 / events:N1} µs here, {(serverAfter - server) * 1e6 / events:N1} µs in PostgreSQL");
        clock.Restart();
        while (await session.IndexAsync(2_000, CancellationToken.None) == 2_000)
        {
        }

        Say(output, $"index for search: {clock.Elapsed.TotalSeconds:N1} s, {events / clock.Elapsed.TotalSeconds:N0} events/s");
    }

    /// <summary>From the commit of an event to the signed checkpoint over it, at a steady rate of single-event transactions.</summary>
    public static async Task LatencyAsync(int rate, int seconds, TextWriter output)
    {
        const int Writers = 8;
        await using var world = await AuditWorld.StartAsync();
        using var stop = new CancellationTokenSource();
        var sealing = world.Sealer().RunAsync(stop.Token);
        var committed = new DateTimeOffset[rate * seconds];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = writer; i < committed.Length; i += Writers)
            {
                var due = TimeSpan.FromSeconds(i / (double)rate) - clock.Elapsed;
                if (due > TimeSpan.FromMilliseconds(1))
                {
                    await Task.Delay(due);
                }

                await world.Store.AppendAsync([AuditWorld.Event(i)], AuditVia.Api, "bench", CancellationToken.None);
                committed[i] = TimeProvider.System.GetUtcNow();
            }
        })));
        var took = clock.Elapsed.TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(5));
        await stop.CancelAsync();
        await sealing;

        var waits = new List<double>(committed.Length);
        await using var connection = new NpgsqlConnection(world.Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT r.id, (SELECT c.signed_at FROM audit.checkpoint c WHERE c.size > l.leaf_index ORDER BY c.size LIMIT 1)
            FROM audit.receipt r JOIN audit.leaf l ON l.seq = r.seq WHERE r.workspace = 'acme-prod'
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var number = int.Parse(reader.GetString(0).AsSpan(1), CultureInfo.InvariantCulture);
            waits.Add((new DateTimeOffset(reader.GetDateTime(1), TimeSpan.Zero) - committed[number]).TotalMilliseconds);
        }

        waits.Sort();
        Say(output, $"{waits.Count:N0} events in {took:N1} s ({waits.Count / took:N0}/s, asked {rate:N0}/s, 8 writers, one event a transaction)");
        Say(output, $"commit to signed checkpoint: p50 {At(0.5):N0} ms, p99 {At(0.99):N0} ms, max {waits[^1]:N0} ms (goal p99 1,000 ms)");

        double At(double share) => waits[Math.Min(waits.Count - 1, (int)(share * waits.Count))];
    }

    /// <summary>What <c>audit.append</c> adds to a small business transaction, by pgbench; runs take turns, medians are compared.</summary>
    public static async Task AppendAsync(int seconds, int runs, TextWriter output)
    {
        const string Append = """
            SELECT audit.append(jsonb_build_object('id', gen_random_uuid(), 'time', to_jsonb(now()), 'workspace', 'acme-prod',
                'traceId', '4bf92f3577b34da6a3ce929d0e0e4736', 'actor', jsonb_build_object('type', 'user', 'id', 'maria.lind@acme.example'),
                'action', 'account.pay', 'outcome', 'success', 'resource', jsonb_build_object('type', 'account', 'id', (:aid)::text),
                'details', jsonb_build_object('delta', (:delta)::text)));
            """;
        const string Set = "\\set aid random(1, 100000 * :scale)\n\\set bid random(1, 1 * :scale)\n\\set tid random(1, 10 * :scale)\n\\set delta random(-5000, 5000)\n";
        const string Update = "UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = :aid;\n";
        const string TpcBFirst = Update + """
            SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
            UPDATE pgbench_tellers SET tbalance = tbalance + :delta WHERE tid = :tid;
            UPDATE pgbench_branches SET bbalance = bbalance + :delta WHERE bid = :bid;

            """;
        const string TpcBLast = "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (:tid, :bid, :aid, :delta, CURRENT_TIMESTAMP);\n";
        await using var world = await AuditWorld.StartAsync();
        var folder = Directory.CreateTempSubdirectory("opsconsole-bench-");
        var database = new NpgsqlConnectionStringBuilder(world.Connection).Database!;
        string[] server = ["-h", "127.0.0.1", "-p", world.Cluster.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres"];
        await PostgresCluster.RunToolAsync("pgbench", [.. server, "-i", "-s", "20", "-q", database]);
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["one UPDATE"] = $"{Set}BEGIN;\n{Update}COMMIT;\n",
            ["one UPDATE + append"] = $"{Set}BEGIN;\n{Update}{Append}\nCOMMIT;\n",
            ["one UPDATE + append together"] = $"{Set}BEGIN;\n\\startpipeline\n{Update}{Append}\n\\endpipeline\nCOMMIT;\n",
            ["TPC-B"] = $"{Set}BEGIN;\n{TpcBFirst}{TpcBLast}COMMIT;\n",
            ["TPC-B + append"] = $"{Set}BEGIN;\n{TpcBFirst}{TpcBLast}{Append}\nCOMMIT;\n",

            // In the round trip of the last statement: a batch of Npgsql, a pipeline of psycopg.
            ["TPC-B + append together"] = $"{Set}BEGIN;\n{TpcBFirst}\\startpipeline\n{TpcBLast}{Append}\n\\endpipeline\nCOMMIT;\n",
        };
        foreach (var clients in (int[])[1, 8])
        {
            var rates = scripts.Keys.ToDictionary(static name => name, static _ => new List<double>(), StringComparer.Ordinal);
            for (var run = 0; run < runs; run++)
            {
                foreach (var (name, script) in scripts)
                {
                    var file = Path.Combine(folder.FullName, "script.sql");
                    await File.WriteAllTextAsync(file, script);
                    var answer = await PostgresCluster.RunToolAsync(
                        "pgbench", [.. server, "-n", "-M", "prepared", "-c", $"{clients}", "-j", "2", "-T", $"{seconds}", "-s", "20", "-f", file, database]);
                    var line = answer.Split('\n').First(static l => l.StartsWith("tps = ", StringComparison.Ordinal));
                    rates[name].Add(double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture));
                }
            }

            var median = rates.ToDictionary(static r => r.Key, static r => r.Value.Order().ElementAt(r.Value.Count / 2), StringComparer.Ordinal);
            foreach (var name in (string[])["one UPDATE", "TPC-B"])
            {
                foreach (var how in (string[])["append", "append together"])
                {
                    var (without, with) = (median[name], median[$"{name} + {how}"]);
                    Say(output, $"{clients} clients, {name}: {without:N0} tx/s, with {how} {with:N0} tx/s: {1000 * clients / without:N2} ms to {1000 * clients / with:N2} ms, +{((without / with) - 1) * 100:N0} % (goal 25 %)");
                }
            }
        }

        folder.Delete(recursive: true);
    }

    private static void Say(TextWriter output, FormattableString line) => output.WriteLine(FormattableString.Invariant(line));
}
