using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Answer = OpsConsole.Web.Tests.Crashing.CrashingProgram.Answer;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary><see cref="CrashingProgram"/> as a process of its own: what it is told, what it answers, and how it dies.</summary>
internal sealed class CrashingProcess : IAsyncDisposable
{
    /// <summary>How a shell tells SIGKILL.</summary>
    private const int Killed = 128 + 9;

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly Channel<Answer> _answers = Channel.CreateUnbounded<Answer>();
    private readonly StringBuilder _output = new();

    private CrashingProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(CrashingProgram).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("PORT");
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
        _ = ReadAsync(_process.StandardOutput, isOutput: true);
        _ = ReadAsync(_process.StandardError, isOutput: false);
    }

    /// <summary>Everything that it printed, for messages of failing tests.</summary>
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

    /// <summary>Starts one.</summary>
    public static CrashingProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Its next answer; null where it died before it gave one.</summary>
    public async Task<Answer?> AnswerAsync() =>
        await _answers.Reader.WaitToReadAsync().AsTask().WaitAsync(Long) && _answers.Reader.TryRead(out var answer) ? answer : null;

    /// <summary>Tells it to do something; null where it died over that.</summary>
    public async Task<Answer?> DoAsync(params string[] words)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(System.Text.Json.JsonSerializer.Serialize(words));
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            return null;
        }

        return await AnswerAsync();
    }

    /// <summary>Waits until it has printed something.</summary>
    /// <returns>Everything that it printed.</returns>
    public async Task<string> PrintedAsync(string text)
    {
        var end = TimeProvider.System.GetUtcNow() + Long;
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(!_process.HasExited && TimeProvider.System.GetUtcNow() < end, $"It did not print '{text}':\n{Output}");
            await Task.Delay(50);
        }

        return Output;
    }

    /// <summary>Waits until it was killed.</summary>
    public async Task DiedAsync()
    {
        Assert.True(await EndAsync() == Killed, $"It was to be killed, and ended with {_process.ExitCode}:\n{Output}");
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Long);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"It did not end:\n{Output}", e);
        }

        return _process.ExitCode;
    }

    /// <summary>Kills it, wherever it is.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, bool isOutput)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }

            if (isOutput && Answer.Read(line) is { } answer)
            {
                _answers.Writer.TryWrite(answer);
            }
        }

        if (isOutput)
        {
            _answers.Writer.TryComplete();
        }
    }
}
