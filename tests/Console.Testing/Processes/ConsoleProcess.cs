using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.Testing.Processes;

/// <summary>The console as a process of its own: to be stopped, killed, and run beside another one.</summary>
public sealed partial class ConsoleProcess : IAsyncDisposable
{
    /// <summary>So long a start may take on a machine that is busy.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output;

    private ConsoleProcess(Process process, StringBuilder output, Uri address)
    {
        _process = process;
        _output = output;
        Address = address;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it takes of the machine's memory, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Everything that it printed so far, for messages of failing tests.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it on a free port, and waits until it serves.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="settings">Settings of section OpsConsole by their keys (<c>Identity:Mode</c>).</param>
    /// <param name="environment">More variables of its environment.</param>
    public static async Task<ConsoleProcess> StartAsync(string data, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = Info(["--urls", "http://127.0.0.1:0", "--data", data], settings, environment ?? new Dictionary<string, string>());
        var output = new StringBuilder();
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Take(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
                if (line?.Contains("Stop with Ctrl+C", StringComparison.Ordinal) == true)
                {
                    ready.TrySetResult(output.ToString());
                }
            }
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The console ended before it was ready:\n{output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ConsoleProcess(process, output, new Uri(AddressLine().Match(await ready.Task.WaitAsync(Start)).Groups["url"].Value));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs a verb to its end.</summary>
    /// <param name="arguments">The verb with its arguments.</param>
    /// <param name="settings">Settings of section OpsConsole by their keys.</param>
    /// <param name="environment">More variables of its environment.</param>
    /// <returns>Its exit code and all that it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> environment)
    {
        using var process = Process.Start(Info(arguments, settings, environment))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await output}{await errors}");
    }

    /// <summary>SIGKILL: it learns nothing of it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as Cloud Run sends it.</summary>
    /// <returns>How long it took to end, and its exit code.</returns>
    public async Task<(TimeSpan Took, int ExitCode)> StopAsync()
    {
        var since = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(Start);
        return (Stopwatch.GetElapsedTime(since), _process.ExitCode);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo Info(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments.Prepend(Dll))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("PORT");
        foreach (var (key, value) in settings)
        {
            start.Environment[$"OpsConsole__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    // …/tests/Console.Web.Tests/bin/Release/net10.0/ → …/Console.Web/bin/Release/net10.0/Console.Web.dll
    private static string Dll
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            var configuration = folder.Parent!.Name;
            while (!File.Exists(Path.Combine(folder.FullName, "OpsConsole.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("OpsConsole.sln is not above the test's folder.");
            }

            return Path.Combine(folder.FullName, "Console.Web", "bin", configuration, "net10.0", "Console.Web.dll");
        }
    }

    [GeneratedRegex(@"Address\s+(?<url>http\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddressLine();
}
