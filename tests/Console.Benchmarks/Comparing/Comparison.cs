using System.Globalization;

namespace OpsConsole.Benchmarks.Comparing;

/// <summary>opsconsole's <c>correlate</c> and DuckDB on the same file in the same run, as a table in Markdown.</summary>
internal sealed class Comparison(Arguments arguments)
{
    private readonly string _root = Root();

    public int Run(TextWriter to)
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-benchmark-").FullName;
        try
        {
            var program = arguments.Text("opsconsole") ?? Publish(folder);
            var ask = Path.Combine(_root, "tests", "Console.Benchmarks", "duckdb", "ask.mjs");
            if (!Directory.Exists(Path.Combine(Path.GetDirectoryName(ask)!, "node_modules")))
            {
                // Not "ci": where the registry lacks DuckDB's binaries for other platforms, it refuses a lock file without them.
                Comparing.Run.Of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--omit-lockfile-registry-resolved", "--prefix", Path.GetDirectoryName(ask)!);
            }

            var runs = (int)arguments.Number("runs", 3);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores; warm file; median of {runs} runs, process start and end included"));
            to.WriteLine();
            to.WriteLine("| | entries | size | time | CPU time | GB/s | peak memory | bytes an entry | times DuckDB's speed |");
            to.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
            foreach (var size in (arguments.Text("entries") ?? "1000000").Split(','))
            {
                Compare(to, folder, program, ask, long.Parse(size.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), runs);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OpsConsole.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run it from inside of the repository.");
    }

    private string Publish(string folder)
    {
        var to = Path.Combine(folder, "opsconsole");
        Comparing.Run.Of("dotnet", "publish", Path.Combine(_root, "Console.Web"), "-c", "Release", "-r", "linux-x64", "-o", to, "-v", "q", "-nologo");
        return Path.Combine(to, "Console.Web");
    }

    private void Compare(TextWriter to, string folder, string program, string ask, long wanted, int runs)
    {
        var file = Path.Combine(folder, "export.json");
        var (entries, bytes) = Generating.World.Generate(wanted, (int)arguments.Number("seed", 1), file, truthFile: null);
        Warm(file);
        var console = Comparing.Run.Median(runs, () => Comparing.Run.Of(program, "correlate", file, "--format", "json"));
        var classified = Comparing.Run.Median(
            runs, () => Comparing.Run.Of(program, "correlate", file, "--format", "json", "--classified", Path.Combine(folder, "classified.json")));
        var duck = Comparing.Run.Median(runs, () => Comparing.Run.Of("node", ask, file, Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)));
        Row(to, "opsconsole correlate", console, duck, entries, bytes);
        Row(to, "… with --classified", classified, duck, entries, bytes);
        Row(to, "DuckDB", duck, duck, entries, bytes);
    }

    private static void Row(TextWriter to, string name, Run run, Run duck, long entries, long bytes) =>
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {entries:N0} | {bytes / 1e9:F2} GB | {run.Seconds:F2} s | {run.CpuSeconds:F2} s | {bytes / 1e9 / run.Seconds:F2} | {run.PeakBytes / 1e6:N0} MB | {run.PeakBytes / entries} | {duck.Seconds / run.Seconds:F1} |"));

    private static void Warm(string file)
    {
        using var stream = File.OpenRead(file);
        var buffer = new byte[1 << 20];
        while (stream.Read(buffer) > 0)
        {
        }
    }
}
