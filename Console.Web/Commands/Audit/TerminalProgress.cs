using System.Globalization;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>One line on the terminal's error stream that says what is being done and how far; gone at the end.</summary>
internal sealed class TerminalProgress(TextWriter writer) : IDisposable
{
    private readonly Lock _lock = new();
    private int _width;
    private string _shown = "";

    /// <summary>Shows where the work is.</summary>
    public void Report(string doing, long done, long total)
    {
        var line = total > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{doing}: {done:N0} of {total:N0} ({(int)(done * 100 / total)} %)")
            : $"{doing} …";
        lock (_lock)
        {
            if (line != _shown)
            {
                writer.Write($"\r{line.PadRight(_width)}");
                writer.Flush();
                (_shown, _width) = (line, Math.Max(_width, line.Length));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_width > 0)
            {
                writer.Write($"\r{new string(' ', _width)}\r");
                writer.Flush();
            }
        }
    }
}
