using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Finds the work that goes on after the response. Pure: the same table and options give the same result.</summary>
public static class Correlator
{
    // Instances are handed to threads in chunks of about this many rows, largest first.
    private const int RowsPerChunk = 20_000;

    /// <summary>
    /// Classifies every line of a table. The rules are those of docs/background-activity.md. The result depends neither on the
    /// order of the input nor on the number of threads. Entries that stand in the table twice are taken out of it first, and counted in
    /// <see cref="LogInput.Duplicates"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="IOException">A file that was read can no longer be read.</exception>
    public static Analysis Analyse(LogTable table, CorrelatorOptions options, CancellationToken cancellationToken)
    {
        RequestEnds ends = null!;
        InstanceIndex lineIndex = null!;
        InstanceIndex requestIndex = null!;
        Results results = null!;
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        cancellationToken.ThrowIfCancellationRequested();
        SideBySide.Run(threads,
        [
            () => lineIndex = InstanceIndex.OfLines(table),
            () =>
            {
                ends = RequestEnds.Of(table, options.RequestTimestamp);
                requestIndex = InstanceIndex.OfRequests(table);
                results = new Results(table, options.Bases);
            },
        ]);
        var forced = options.Tolerance is { } tolerance ? tolerance.Ticks * 100 : (long?)null;
        var sweepOptions = new SweepOptions(forced, CpuAlways(table, options), options.Probable, WarningsOnly.Is(table), CutByLimit.Is(table));
        var unplaced = UnplacedRequests.Of(table, ends, requestIndex.Of(-1).ToArray());
        var sweeps = Sweep(table, ends, results, lineIndex, requestIndex, unplaced, sweepOptions, threads, cancellationToken);
        if (ForgetCopies(table, lineIndex, requestIndex, sweeps))
        {
            return Analyse(table, options, cancellationToken);
        }

        var counts = new long[table.Revisions.Count * EntryClasses.Count];
        NoInstanceLines.Classify(table, ends, results, lineIndex.Of(-1), sweepOptions, counts);
        foreach (var sweep in sweeps)
        {
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += sweep.Counts[i];
            }
        }

        new OpenConnections(table, ends, results, lineIndex, counts).Apply();
        var resumptions = new Dictionary<int, Resumption>();
        foreach (var sweep in sweeps)
        {
            foreach (var (line, resumption) in sweep.Resumed)
            {
                resumptions[line] = resumption;
            }
        }

        var classCounts = new long[EntryClasses.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            classCounts[i % EntryClasses.Count] += counts[i];
        }

        var work = new AnalysisWork(table, ends, results, counts, resumptions, options, requestIndex, lineIndex, sweepOptions.WarningsOnly);
        var (revisions, findings) = Conclude(work, sweeps, threads, cancellationToken);
        return new Analysis
        {
            Table = table,
            Classes = results.Classes,
            RequestOf = new RequestColumn(results.Requests, probable: false),
            ProbableRequestOf = new RequestColumn(results.Requests, probable: true),
            Bases = results.Bases,
            RequestEndNs = ends.End,
            RequestStartNs = ends.Start,
            RequestEndKinds = ends.Kind,
            Resumptions = resumptions,
            RequestTimestamp = ends.Convention,
            Tolerance = ToleranceSummary.RangeOf(results, forced),
            ToleranceRule = ToleranceSummary.RuleOf(options),
            ClassCounts = classCounts,
            InstancesWithoutRequests = Summaries.InstancesWithoutRequests(results),
            WarningsOnly = sweepOptions.WarningsOnly,
            CutByLimit = sweepOptions.CutByLimit,
            LinesUntil = options.LinesUntil,
            Revisions = revisions,
            Findings = findings,
        };
    }

    /// <summary>Takes out what the sweeps found to stand in the table twice, and such rows without an instance. True when there were any.</summary>
    private static bool ForgetCopies(LogTable table, InstanceIndex lineIndex, InstanceIndex requestIndex, List<InstanceSweep> sweeps)
    {
        var unplaced = new Copies(table);
        var rows = lineIndex.Of(-1).ToArray();
        var times = Array.ConvertAll(rows, row => table.Lines[row].TimestampNs);
        Array.Sort(times, rows);
        unplaced.AddLines(times, rows);
        rows = requestIndex.Of(-1).ToArray();
        times = Array.ConvertAll(rows, row => table.Requests[row].TimestampNs);
        Array.Sort(times, rows);
        unplaced.AddRequests(times, rows);
        List<int> lines = [.. sweeps.SelectMany(sweep => sweep.Copies.Lines), .. unplaced.Lines];
        List<int> requests = [.. sweeps.SelectMany(sweep => sweep.Copies.Requests), .. unplaced.Requests];
        if (lines.Count == 0 && requests.Count == 0)
        {
            return false;
        }

        table.Forget(lines, requests);
        return true;
    }

    private static (IReadOnlyList<RevisionSummary> Revisions, IReadOnlyList<Finding> Findings) Conclude(
        AnalysisWork work, List<InstanceSweep> sweeps, int threads, CancellationToken cancellationToken)
    {
        void Name()
        {
            if (work.Options.Probable)
            {
                ProbableRequests.Name(work, sweeps, threads, cancellationToken);
            }
        }

        if (!work.Options.Findings)
        {
            // Nothing that a summary says comes from probable requests, except by way of findings.
            IReadOnlyList<RevisionSummary> revisions = [];
            SideBySide.Run(threads,
            [
                () => revisions = Summaries.Of(work, []),
                Name,
            ]);
            return (revisions, []);
        }

        Name();
        var findings = FindingsBuilder.Build(work, cancellationToken);
        return (Summaries.Of(work, findings), findings);
    }

    private static bool[] CpuAlways(LogTable table, CorrelatorOptions options)
    {
        var result = new bool[table.Revisions.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = options.SettingsOf(table.Revisions[i])?.Billing == BillingMode.InstanceBased;
        }

        return result;
    }

    private static List<InstanceSweep> Sweep(
        LogTable table,
        RequestEnds ends,
        Results results,
        InstanceIndex lines,
        InstanceIndex requests,
        UnplacedRequests unplaced,
        SweepOptions options,
        int threads,
        CancellationToken cancellationToken)
    {
        var chunks = Chunks(table.Instances.Count, lines, requests);
        var sweeps = new List<InstanceSweep>();
        var next = -1;
        var parallel = Math.Min(threads, chunks.Count);
        void RunOne()
        {
            var sweep = new InstanceSweep(table, ends, results, unplaced, options);
            lock (sweeps)
            {
                sweeps.Add(sweep);
            }

            for (var c = Interlocked.Increment(ref next); c < chunks.Count; c = Interlocked.Increment(ref next))
            {
                foreach (var instance in chunks[c])
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    sweep.Run(instance, lines.Of(instance), requests.Of(instance));
                }
            }
        }

        SideBySide.Run(parallel, RunOne);
        return sweeps;
    }

    private static List<List<int>> Chunks(int instances, InstanceIndex lines, InstanceIndex requests)
    {
        var chunks = new List<(int Rows, List<int> Instances)>();
        var rows = 0;
        var current = new List<int>();
        for (var i = 0; i < instances; i++)
        {
            var own = lines.Of(i).Length + requests.Of(i).Length;
            if (own >= RowsPerChunk)
            {
                chunks.Add((own, [i]));
                continue;
            }

            current.Add(i);
            rows += own;
            if (rows >= RowsPerChunk)
            {
                chunks.Add((rows, current));
                current = [];
                rows = 0;
            }
        }

        if (current.Count > 0)
        {
            chunks.Add((rows, current));
        }

        chunks.Sort((a, b) => b.Rows.CompareTo(a.Rows));
        return chunks.ConvertAll(chunk => chunk.Instances);
    }
}
