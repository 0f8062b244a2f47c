using System.Diagnostics;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>
/// <c>circuits</c>: people with live pages on one console. Prints how long their acts took, what a page costs in memory, and the processor time of
/// both sides: the generator shares the machine, so its share counts against the console.
/// </summary>
internal static class CircuitsBenchmark
{
    /// <summary>Settings without which so many people of two names would be one person's abuse.</summary>
    public static readonly IReadOnlyList<string> Settings = ["Limits:CircuitsPerPerson=10000", "Limits:RequestsPerMinute=100000", "Limits:Circuits=10000", "Limits:SearchesPerMinute=100000"];

    public static async Task<bool> RunAsync(Arguments arguments, TextWriter output)
    {
        await using var console = await ConsoleProcess.StartAsync(arguments, Settings);
        try
        {
            return await RunAsync(console, arguments, output);
        }
        catch
        {
            Report.Complain(output, console);
            throw;
        }
    }

    private static async Task<bool> RunAsync(ConsoleProcess console, Arguments arguments, TextWriter output)
    {
        var people = (int)arguments.Number("people", 200);
        var seconds = arguments.Number("seconds", 60);
        var every = TimeSpan.FromSeconds(arguments.Number("every", 5));
        await using var crowd = new Crowd(console, allAudit: false);

        // One page of each kind first: what is read once for all is not a page's cost.
        await crowd.GrowAsync(Math.Min(people, 5), CancellationToken.None);
        await crowd.LiveAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1), new Latencies(), new Latencies(), CancellationToken.None);
        output.WriteLine("| pages | resident MB | heap after a full collection MB | KB a page |");
        output.WriteLine("|---|---|---|---|");
        var (startPages, startHeap) = (crowd.Count, await Heap.CollectedAsync(console));
        output.WriteLine(FormattableString.Invariant($"| {startPages} | {console.Memory / 1e6:N0} | {startHeap / 1e6:N1} | |"));
        foreach (var count in new[] { people / 4, people / 2, people }.Where(count => count > startPages).Distinct())
        {
            await crowd.GrowAsync(count, CancellationToken.None);
            var heap = await Heap.CollectedAsync(console);
            output.WriteLine(FormattableString.Invariant($"| {count} | {console.Memory / 1e6:N0} | {heap / 1e6:N1} | {(heap - startHeap) / 1e3 / (count - startPages):N0} |"));
        }

        var (first, whole) = (new Latencies(), new Latencies());
        var (consoleBefore, ownBefore, receivedBefore, clock) = (console.Processor, Environment.CpuUsage.TotalTime, crowd.Received, Stopwatch.StartNew());
        await crowd.LiveAsync(TimeSpan.FromSeconds(seconds), every, first, whole, CancellationToken.None);
        var (consoleUsed, ownUsed, received, elapsed) = (console.Processor - consoleBefore, Environment.CpuUsage.TotalTime - ownBefore, crowd.Received, clock.Elapsed.TotalSeconds);
        var heapAfter = await Heap.CollectedAsync(console);
        output.WriteLine(FormattableString.Invariant($"| {people}, after {elapsed:N0} s of use | {console.Memory / 1e6:N0} | {heapAfter / 1e6:N1} | {(heapAfter - startHeap) / 1e3 / Math.Max(1, people - startPages):N0} |"));
        output.WriteLine();
        Report.Print(output, first, whole);
        var opening = crowd.Opening.Of();
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant(
            $"Opening a page: p50 {opening.P50:N0}, p95 {opening.P95:N0} ms, four at a time. {(received.Batches - receivedBefore.Batches) / elapsed:N0} batches/s, {(received.Bytes - receivedBefore.Bytes) / elapsed / 1e6:N2} MB/s. Processors used: console {consoleUsed.TotalSeconds / elapsed:N2}, generator {ownUsed.TotalSeconds / elapsed:N2} of {Environment.ProcessorCount}; each person acts every {every.TotalSeconds:N0} s."));
        return Report.Verdict(output, "p95 of an interaction", whole.Of().P95, 150, "ms") & Report.Complain(output, console);
    }
}
