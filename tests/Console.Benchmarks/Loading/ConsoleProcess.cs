using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>A console in a process of its own, in demo mode, as it is deployed: what it costs is what the kernel says of that process.</summary>
internal sealed partial class ConsoleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly List<string> _said;

    private ConsoleProcess(Process process, string folder, Uri address, List<string> said) => (_process, _folder, Address, _said) = (process, folder, address, said);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Its data folder.</summary>
    public string Folder => _folder;

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Processor => ProcessorTime.Of(Id);

    /// <summary>Memory that it holds, bytes.</summary>
    public long Memory
    {
        get
        {
            var line = File.ReadLines($"/proc/{Id}/status").First(static l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(Digits().Match(line).ValueSpan, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Lines of its log that warn or worse.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_said)
            {
                return [.. _said.Where(static l => l.Contains(" warn ", StringComparison.Ordinal) || l.Contains(" fail ", StringComparison.Ordinal) || l.Contains(" crit ", StringComparison.Ordinal))];
            }
        }
    }

    /// <summary>Starts one: <c>--console DLL</c> names another build than that beside this one.</summary>
    public static async Task<ConsoleProcess> StartAsync(Arguments arguments, params IReadOnlyList<string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-load-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[Program(arguments), "--urls", "http://127.0.0.1:0", "--data", folder, .. settings.SelectMany(static s => (string[])["--set", s])])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var said = new List<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"The console ended: {string.Join('\n', said)}"));
        void Said(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not { } text)
            {
                return;
            }

            lock (said)
            {
                said.Add(text);
            }

            if (Listening().Match(text) is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Groups["address"].Value));
            }
        }

        process.OutputDataReceived += Said;
        process.ErrorDataReceived += Said;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ConsoleProcess(process, folder, await address.Task.WaitAsync(TimeSpan.FromMinutes(2)), said);
    }

    /// <summary>The program that is measured.</summary>
    public static string Program(Arguments arguments)
    {
        if (arguments.Text("console") is { } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "Console.Web", "bin", "Release", "net10.0", "Console.Web.dll");
            if (File.Exists(built))
            {
                return built;
            }
        }

        throw new InvalidOperationException("No Console.Web.dll above this program: build the solution with -c Release, or name one with --console.");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("^  Address +(?<address>http://\\S+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();
}
