using System.Diagnostics;

namespace OpsConsole.Benchmarks.Comparing;

/// <summary>One run of a program: how long it took from start to end, and the most memory it held.</summary>
internal sealed record Run(double Seconds, double CpuSeconds, long PeakBytes)
{
    /// <summary>Runs it to its end; its output is read and thrown away.</summary>
    public static Run Of(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        var cpu = TimeSpan.Zero;
        while (!process.WaitForExit(5))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
                cpu = process.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                // It ended in between.
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;
        Task.WaitAll(output, errors);
        return process.ExitCode == 0
            ? new Run(seconds, cpu.TotalSeconds, peak)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}");
    }

    /// <summary>The middle one by time of several runs, which is fair to both sides on a machine that is not quiet.</summary>
    public static Run Median(int count, Func<Run> run)
    {
        var runs = Enumerable.Range(0, count).Select(_ => run()).OrderBy(r => r.Seconds).ToList();
        return runs[count / 2];
    }
}
