using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.Commands.Correlate;

/// <summary>
/// Writes one NDJSON line for each container and platform entry, in input order. Tens of millions of lines: all cores format
/// chunks, and each is written when those before it are, while the next ones are being formatted.
/// </summary>
internal sealed class ClassifiedWriter
{
    private const int LinesPerChunk = 4096;

    private readonly Analysis _analysis;
    private readonly Stream _stream;
    private readonly CancellationToken _cancellationToken;
    private readonly object _turn = new();
    private int _taken;
    private int _written;
    private bool _failed;

    private ClassifiedWriter(Analysis analysis, Stream stream, CancellationToken cancellationToken)
    {
        _analysis = analysis;
        _stream = stream;
        _cancellationToken = cancellationToken;
    }

    private int Chunks => (_analysis.Table.Lines.Count + LinesPerChunk - 1) / LinesPerChunk;

    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Write(Analysis analysis, Stream stream, CancellationToken cancellationToken)
    {
        var writer = new ClassifiedWriter(analysis, stream, cancellationToken);
        SideBySide.Run(Math.Min(Environment.ProcessorCount, writer.Chunks), writer.Work);
    }

    private void Work()
    {
        var lines = new ClassifiedLines(_analysis);
        try
        {
            for (var chunk = Interlocked.Increment(ref _taken) - 1; chunk < Chunks; chunk = Interlocked.Increment(ref _taken) - 1)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var begin = chunk * LinesPerChunk;
                lines.Format(begin, Math.Min(_analysis.Table.Lines.Count, begin + LinesPerChunk));
                if (!WriteInTurn(chunk, lines.Written))
                {
                    return;
                }
            }
        }
        catch
        {
            lock (_turn)
            {
                // Nobody may wait for a chunk that never comes.
                _failed = true;
                Monitor.PulseAll(_turn);
            }

            throw;
        }
    }

    /// <summary>False when another thread failed.</summary>
    private bool WriteInTurn(int chunk, ReadOnlySpan<byte> text)
    {
        lock (_turn)
        {
            while (_written != chunk && !_failed)
            {
                Monitor.Wait(_turn);
            }

            if (_failed)
            {
                return false;
            }

            _stream.Write(text);
            _written++;
            Monitor.PulseAll(_turn);
            return true;
        }
    }
}
