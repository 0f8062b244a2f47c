using System.Diagnostics;
using OpsConsole.Testing.Circuits;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>
/// <c>soak</c>: for an hour people come, use the console and go, in order or not; between two waves, when all are gone, the heap is measured. It may
/// not grow.
/// </summary>
internal static class SoakBenchmark
{
    private const int KeptSeconds = 20;

    public static async Task<bool> RunAsync(Arguments arguments, TextWriter output)
    {
        await using var console = await ConsoleProcess.StartAsync(arguments, [.. CircuitsBenchmark.Settings, FormattableString.Invariant($"Limits:DisconnectedSeconds={KeptSeconds}")]);
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
        var minutes = arguments.Number("minutes", 60);
        var people = (int)arguments.Number("people", 50);
        var wave = TimeSpan.FromMinutes(minutes / 12.0);
        var (first, whole) = (new Latencies(), new Latencies());
        var (sums, clock) = (new List<(double Hours, double Megabytes)>(), Stopwatch.StartNew());
        using var sre = await Visitor.SignInAsync(console.Address, "sre", CancellationToken.None);
        using var compliance = await Visitor.SignInAsync(console.Address, "compliance", CancellationToken.None);
        output.WriteLine("| minute | pages so far | heap MB | resident MB | p95 ms so far |");
        output.WriteLine("|---|---|---|---|---|");
        var pages = 0;
        while (clock.Elapsed < TimeSpan.FromMinutes(minutes))
        {
            using var over = new CancellationTokenSource(wave);
            await Task.WhenAll(Enumerable.Range(0, people).Select(async number =>
            {
                var random = new Random((people * pages) + number);
                while (!over.IsCancellationRequested)
                {
                    var audits = number % 5 == 4;
                    await VisitAsync(audits ? compliance : sre, audits, random, first, whole, over.Token);
                    Interlocked.Increment(ref pages);
                }
            }));

            // All are gone; those without a goodbye after a while.
            await Task.Delay(TimeSpan.FromSeconds(KeptSeconds + 15));
            var heap = await Heap.CollectedAsync(console);
            sums.Add((clock.Elapsed.TotalHours, heap / 1e6));
            output.WriteLine(FormattableString.Invariant($"| {clock.Elapsed.TotalMinutes:N0} | {pages} | {heap / 1e6:N1} | {console.Memory / 1e6:N0} | {whole.Of().P95:N0} |"));
            output.Flush();
        }

        output.WriteLine();
        Report.Print(output, first, whole);
        output.WriteLine();

        // The first wave reads and compiles what the later ones use.
        var slope = Slope([.. sums.Skip(1)]);
        output.WriteLine(FormattableString.Invariant($"{pages} pages opened, used and left in {clock.Elapsed.TotalMinutes:N0} minutes by {people} people at a time."));
        return Report.Verdict(output, "growth of the heap", slope, 10, "MB an hour") & Report.Complain(output, console);
    }

    // Some acts; then one of four ways to go.
    private static async Task VisitAsync(Visitor visitor, bool audits, Random random, Latencies first, Latencies whole, CancellationToken over)
    {
        await using var page = await OpenPage.OpenAsync(visitor, Person.Start(audits), Person.HasRows, Crowd.Patience, CancellationToken.None);
        var person = new Person(page, audits, random.Next(), first, whole);
        using var bored = CancellationTokenSource.CreateLinkedTokenSource(over);
        bored.CancelAfter(TimeSpan.FromSeconds(15 + random.Next(45)));
        await LiveAsync(person, bored.Token);
        switch (random.Next(4))
        {
            case 0:
                await page.BreakAsync();
                break;
            case 1:
                await page.BreakAsync();
                if (await page.ComeBackAsync(CancellationToken.None))
                {
                    using var again = CancellationTokenSource.CreateLinkedTokenSource(over);
                    again.CancelAfter(TimeSpan.FromSeconds(15));
                    await LiveAsync(person, again.Token);
                }

                await page.LeaveAsync(CancellationToken.None);
                break;
            default:
                await page.LeaveAsync(CancellationToken.None);
                break;
        }
    }

    private static async Task LiveAsync(Person person, CancellationToken until)
    {
        try
        {
            await person.LiveAsync(TimeSpan.FromSeconds(5), until);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // In the middle of an act.
        }
    }

    // Least squares.
    private static double Slope(IReadOnlyList<(double Hours, double Megabytes)> points)
    {
        if (points.Count < 2)
        {
            return 0;
        }

        var (x, y) = (points.Average(static p => p.Hours), points.Average(static p => p.Megabytes));
        return points.Sum(p => (p.Hours - x) * (p.Megabytes - y)) / points.Sum(p => (p.Hours - x) * (p.Hours - x));
    }
}
