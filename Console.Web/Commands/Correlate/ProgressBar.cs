using System.Globalization;

namespace OpsConsole.Web.Commands.Correlate;

/// <summary>A bar on the terminal's error stream, redrawn in place; gone when reading is done.</summary>
internal sealed class ProgressBar(TextWriter writer) : IProgress<(long Read, long Total)>, IDisposable
{
    private const int Width = 40;
    private int _shown = -1;

    /// <inheritdoc/>
    public void Report((long Read, long Total) value)
    {
        lock (writer)
        {
            var percent = value.Total <= 0 ? 0 : (int)Math.Min(100, value.Read * 100 / value.Total);
            if (percent == _shown)
            {
                return;
            }

            _shown = percent;
            var filled = percent * Width / 100;
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %  {value.Read / 1e9:0.00} of {value.Total / 1e9:0.00} GB"));
            writer.Flush();
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Clear()
    {
        lock (writer)
        {
            if (_shown >= 0)
            {
                writer.Write($"\r{new string(' ', Width + 40)}\r");
                writer.Flush();
                _shown = -1;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
