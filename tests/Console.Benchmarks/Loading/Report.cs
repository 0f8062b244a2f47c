namespace OpsConsole.Benchmarks.Loading;

/// <summary>What the verbs print.</summary>
internal static class Report
{
    /// <summary>Acts by kind.</summary>
    public static void Print(TextWriter output, Latencies first, Latencies whole)
    {
        output.WriteLine("| act | times | first answer p50 ms | p95 | whole p50 ms | p95 | p99 | longest |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var name in (string?[])[.. whole.Names, null])
        {
            var (answer, all) = (first.Of(name), whole.Of(name));
            output.WriteLine(FormattableString.Invariant(
                $"| {name ?? "**all**"} | {all.Count} | {answer.P50:N0} | {answer.P95:N0} | {all.P50:N0} | {all.P95:N0} | {all.P99:N0} | {all.Max:N0} |"));
        }
    }

    /// <summary>A figure against its goal.</summary>
    public static bool Verdict(TextWriter output, string what, double value, double goal, string unit)
    {
        output.WriteLine(FormattableString.Invariant($"{(value <= goal ? "MET" : "NOT MET")}: {what} {value:N1} {unit}, goal {goal:N0} {unit}."));
        return value <= goal;
    }

    /// <summary>Warnings and errors of the console count as failures of the run.</summary>
    public static bool Complain(TextWriter output, ConsoleProcess console)
    {
        var complaints = console.Complaints;
        foreach (var complaint in complaints.Take(10))
        {
            output.WriteLine($"The console says: {complaint}");
        }

        return complaints.Count == 0;
    }
}
