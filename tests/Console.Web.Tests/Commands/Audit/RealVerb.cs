using System.Diagnostics;
using System.Globalization;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary>The program itself, as cron and auditors start it: another process, with its exit code and what it printed.</summary>
internal sealed class RealVerb : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private RealVerb(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a verb.</summary>
    public static RealVerb Start(params IEnumerable<string> arguments)
    {
        // A shell has what it starts in the background ignore Ctrl+C, and so do all whom that starts, these tests among them; env becomes what it starts.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM", "dotnet", Path.Combine(AppContext.BaseDirectory, "Console.Web.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("PORT");
        return new RealVerb(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments)
    {
        await using var verb = Start(arguments);
        return await verb.EndAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int Exit, string Output, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _output, await _errors);
    }

    /// <summary>Waits until something is so, and fails when the verb ends before that.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException(_process.HasExited ? $"It ended: {await _output}{await _errors}" : "It did not come so far.");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Sends a signal: INT as Ctrl+C does, TERM as systemd does.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
