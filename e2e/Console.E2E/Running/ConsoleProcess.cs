using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.E2E.Running;

/// <summary>The console as its users start it: a process of its own, found through what it prints.</summary>
internal sealed partial class ConsoleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _data;
    private readonly StringBuilder _output;
    private readonly string[] _arguments;

    private ConsoleProcess(Process process, string data, string[] arguments, StringBuilder output, Uri address, Uri? simulator)
    {
        _arguments = arguments;
        _process = process;
        _data = data;
        _output = output;
        Address = address;
        Simulator = simulator;
    }

    /// <summary>Where the console answers.</summary>
    public Uri Address { get; }

    /// <summary>Its data folder.</summary>
    public string Data => _data;

    /// <summary>Where its simulated project answers; null with real projects.</summary>
    public Uri? Simulator { get; }

    /// <summary>Everything it printed so far, for messages of failing tests.</summary>
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

    /// <summary>Starts it on a free port with a data folder of its own, and waits for its banner.</summary>
    public static Task<ConsoleProcess> StartAsync(params string[] arguments) =>
        StartAsync(Directory.CreateTempSubdirectory("opsconsole-e2e-").FullName, "http://127.0.0.1:0", arguments);

    /// <summary>Kills it, and starts it again at the same address on the same data.</summary>
    /// <param name="between">Called with the data folder while nothing runs.</param>
    public async Task<ConsoleProcess> RestartAsync(Action<string>? between = null)
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        between?.Invoke(_data);
        return await StartAsync(_data, Address.GetLeftPart(UriPartial.Authority), _arguments);
    }

    private static async Task<ConsoleProcess> StartAsync(string data, string urls, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { Repository.ConsoleDll, "--urls", urls, "--data", data }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("PORT");
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
        var banner = await ready.Task.WaitAsync(TimeSpan.FromMinutes(5));
        return new ConsoleProcess(
            process,
            data,
            arguments,
            output,
            new Uri(AddressLine().Match(banner).Groups["url"].Value),
            SimulatorLine().Match(banner) is { Success: true } found ? new Uri(found.Groups["url"].Value) : null);
    }

    /// <summary>Runs a verb to its end and gives exit code, standard output and standard error.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Repository.ConsoleDll);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [GeneratedRegex(@"Address\s+(?<url>http\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"Simulator\s+(?<url>http\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SimulatorLine();
}
