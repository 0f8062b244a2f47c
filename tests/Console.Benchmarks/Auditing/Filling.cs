using System.Diagnostics;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Benchmarks.Auditing;

/// <summary>Appends synthetic events the way the HTTP API does, a thousand a transaction, and waits until they are sealed and can be searched.</summary>
internal static class Filling
{
    public static async Task RunAsync(Arguments arguments, TextWriter output)
    {
        var count = arguments.Number("events", 100_000);
        var events = new SyntheticEvents((int)arguments.Number("seed", 1), count, TimeProvider.System.GetUtcNow(), arguments.Text("size") == "lean");
        if (arguments.Text("by") == "copy")
        {
            await CopyFilling.RunAsync(arguments, events, count, output);
            return;
        }

        await using var trail = await Trail.OpenAsync(arguments);
        var clock = Stopwatch.StartNew();
        var next = 0L;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (int)((count + 999) / 1000)),
            new ParallelOptions { MaxDegreeOfParallelism = (int)arguments.Number("writers", 2) },
            async (batch, cancellationToken) =>
            {
                await trail.Store.AppendAsync(events.Take(batch * 1000L, Math.Min(count, (batch + 1) * 1000L)), AuditVia.Api, "bench", cancellationToken);
                if (Interlocked.Increment(ref next) % 100 == 0)
                {
                    output.WriteLine(FormattableString.Invariant($"{next * 1000:N0} appended, {trail.Health.Current.TreeSize:N0} sealed, {clock.Elapsed.TotalSeconds:N0} s"));
                }
            });
        var appended = clock.Elapsed;
        while (trail.Health.Current is { Unsealed: > 0 } or { OldestUnsealed: not null } || trail.Health.Current.TreeSize < count)
        {
            await Task.Delay(200);
        }

        // Found by its own words: then the search index has it too.
        var last = events.Take(count - 1, count)[0];
        while ((await trail.Reader.FacetsAsync(new AuditQuery { TraceIds = [last.TraceId!] }, CancellationToken.None)).Count == 0 || trail.Health.Current.Problems.Count > 0)
        {
            await Task.Delay(200);
        }

        output.WriteLine(FormattableString.Invariant(
            $"{count:N0} events: appended in {appended.TotalSeconds:N1} s ({count / appended.TotalSeconds:N0}/s), sealed after {clock.Elapsed.TotalSeconds:N1} s"));
    }
}
