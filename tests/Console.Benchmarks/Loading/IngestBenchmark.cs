using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>
/// <c>ingest</c>: applications send events at a steady rate into a PostgreSQL with fsync, while people search and read the trail; then the same at a
/// multiple of that rate, which the console has to refuse in order.
/// </summary>
internal static class IngestBenchmark
{
    private const int Sources = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public static async Task<bool> RunAsync(Arguments arguments, TextWriter output)
    {
        await using var cluster = await PostgresCluster.StartAsync(durable: true, CancellationToken.None);
        var connection = $"{await cluster.CreateDatabaseAsync()};Maximum Pool Size=100";

        // What one token may send is not what is measured.
        await using var console = await ConsoleProcess.StartAsync(
            arguments, [.. CircuitsBenchmark.Settings, $"Database:Connection={connection}", "Audit:ApiRequestsPerSecond=100000", "Simulator:LiveTraffic=false", "Simulator:HistoryHours=1"]);
        try
        {
            return await RunAsync(console, cluster, connection, arguments, output);
        }
        catch
        {
            Report.Complain(output, console);
            throw;
        }
    }

    private static async Task<bool> RunAsync(ConsoleProcess console, PostgresCluster cluster, string connection, Arguments arguments, TextWriter output)
    {
        var rate = arguments.Number("rate", 2_000);
        var seconds = TimeSpan.FromSeconds(arguments.Number("seconds", 60));
        var times = arguments.Number("beyond", 10);

        // Half of the events one by one, half of them twenty at a time, unless one size is asked for.
        var sizes = arguments.Text("batch") is { } batch ? [int.Parse(batch, CultureInfo.InvariantCulture)] : (int[])[20, .. Enumerable.Repeat(1, 20)];
        var secrets = await Task.WhenAll(Enumerable.Range(1, Sources).Select(i => TokenAsync(console, connection, arguments, i)));
        using var flow = new Flow(console.Address, secrets);
        await using var crowd = new Crowd(console, allAudit: true);
        await crowd.GrowAsync((int)arguments.Number("people", 50), CancellationToken.None);

        // What is compiled once, and again when it turns out to be hot, is not what is measured.
        using (var warming = new Flow(console.Address, secrets))
        using (var warm = new CancellationTokenSource(WarmUp))
        {
            await Task.WhenAll(
                warming.RunAsync(rate, sizes, warm.Token),
                crowd.LiveAsync(WarmUp, TimeSpan.FromSeconds(arguments.Number("every", 5)), new Latencies(), new Latencies(), CancellationToken.None));
        }

        var before = await CountAsync(connection);
        var (first, whole, seals) = (new Latencies(), new Latencies(), new Latencies());
        var (memoryBefore, consoleBefore, databaseBefore, ownBefore, clock) =
            (console.Memory, console.Processor, ProcessorTime.OfFamily(cluster.ProcessId), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        using var over = new CancellationTokenSource(seconds);
        await Task.WhenAll(
            flow.RunAsync(rate, sizes, over.Token),
            crowd.LiveAsync(seconds, TimeSpan.FromSeconds(arguments.Number("every", 5)), first, whole, CancellationToken.None),
            WatchSealingAsync(flow, seals, over.Token));
        var elapsed = clock.Elapsed.TotalSeconds;
        var (consoleUsed, databaseUsed, ownUsed) = (console.Processor - consoleBefore, ProcessorTime.OfFamily(cluster.ProcessId) - databaseBefore, Environment.CpuUsage.TotalTime - ownBefore);
        output.WriteLine(FormattableString.Invariant($"{rate} events/s for {elapsed:N0} s, {crowd.Count} people with the audit trail open, PostgreSQL with fsync on the same machine."));
        output.WriteLine();
        PrintFlow(output, flow, elapsed);
        output.WriteLine();
        Report.Print(output, first, whole);
        output.WriteLine();
        var seal = seals.Of();
        var committed = await CountAsync(connection) - before;
        output.WriteLine(FormattableString.Invariant(
            $"Sealed and signed after p50 {seal.P50:N0}, p95 {seal.P95:N0}, longest {seal.Max:N0} ms ({seal.Count} looks). Memory {memoryBefore / 1e6:N0} → {console.Memory / 1e6:N0} MB. Processors used: console {consoleUsed.TotalSeconds / elapsed:N2}, PostgreSQL {databaseUsed.TotalSeconds / elapsed:N2}, generator {ownUsed.TotalSeconds / elapsed:N2} of {Environment.ProcessorCount}."));
        var good = Report.Verdict(output, "p95 of an interaction while it comes in", whole.Of().P95, 150, "ms");
        good &= Report.Verdict(output, "shortfall of the rate", 100 - (100 * flow.Accepted / elapsed / rate), 1, "%");
        good &= Report.Verdict(output, "answers that were no success", flow.Outcomes.Where(static o => o.Key != "201").Sum(static o => o.Value), 0, "");
        good &= Report.Verdict(output, "events that were acknowledged and are not there", Math.Max(0, flow.Accepted - committed), 0, "");
        if (times > 1)
        {
            good &= await BeyondAsync(console, connection, secrets, rate * times, sizes, output);
        }

        return good & Report.Complain(output, console);
    }

    // More than can be taken: what is refused is refused quickly and says when to come again; what is acknowledged is there; memory does not grow.
    private static async Task<bool> BeyondAsync(ConsoleProcess console, string connection, string[] secrets, double rate, int[] sizes, TextWriter output)
    {
        var before = await CountAsync(connection);
        using var flow = new Flow(console.Address, secrets);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (memoryBefore, most, clock) = (console.Memory, 0L, Stopwatch.StartNew());
        var running = flow.RunAsync(rate, sizes, over.Token);
        while (!running.IsCompleted)
        {
            most = Math.Max(most, console.Memory);
            await Task.Delay(200, CancellationToken.None);
        }

        await running;
        var elapsed = clock.Elapsed.TotalSeconds;
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"Beyond: {rate:N0} events/s asked for, {elapsed:N0} s."));
        output.WriteLine();
        PrintFlow(output, flow, elapsed);
        var (refused, committed) = (flow.Refusals.Of("429"), await CountAsync(connection) - before);
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"Refused with 429 after p50 {refused.P50:N0}, p95 {refused.P95:N0} ms ({refused.Count}). Memory {memoryBefore / 1e6:N0} MB before, {most / 1e6:N0} MB at most."));
        var good = Report.Verdict(output, "answers other than 201 and 429", flow.Outcomes.Where(static o => o.Key is not ("201" or "429") && !o.Key.StartsWith("not sent", StringComparison.Ordinal)).Sum(static o => o.Value), 0, "");
        good &= Report.Verdict(output, "refusals without Retry-After", flow.WithoutRetryAfter, 0, "");
        good &= Report.Verdict(output, "events that were acknowledged and are not there", Math.Max(0, flow.Accepted - committed), 0, "");
        return good & Report.Verdict(output, "growth of memory", (most - memoryBefore) / 1e6, 300, "MB");
    }

    private static void PrintFlow(TextWriter output, Flow flow, double elapsed)
    {
        output.WriteLine("| events | requests | p50 ms | p95 | p99 | longest |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var name in flow.Answers.Names)
        {
            var times = flow.Answers.Of(name);
            output.WriteLine(FormattableString.Invariant($"| {name} | {times.Count} | {times.P50:N0} | {times.P95:N0} | {times.P99:N0} | {times.Max:N0} |"));
        }

        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"{flow.Accepted / elapsed:N0} events/s acknowledged. Answers: {string.Join(", ", flow.Outcomes.OrderBy(static o => o.Key, StringComparer.Ordinal).Select(static o => FormattableString.Invariant($"{o.Key} ×{o.Value}")))}."));
    }

    private static async Task WatchSealingAsync(Flow flow, Latencies seals, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (await flow.SealAsync(CancellationToken.None) is { } took)
            {
                seals.Add("seal", took);
            }

            await Task.Delay(1000, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<long> CountAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SELECT count(*) FROM audit.receipt WHERE workspace LIKE 'load-%'");
        command.CommandTimeout = 120;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> TokenAsync(ConsoleProcess console, string connection, Arguments arguments, int number)
    {
        string[] command =
        [
            ConsoleProcess.Program(arguments), "audit", "token", "create", "--name", string.Create(CultureInfo.InvariantCulture, $"load-{number}"), "--workspace", "load-*",
            "--data", console.Folder, "--set", $"Database:Connection={connection}",
        ];
        var start = new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var secret = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? secret : throw new InvalidOperationException("No token was made.");
    }
}
