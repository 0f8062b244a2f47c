using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>
/// A window of the past: read oldest first into a file, one entry a line, then analysed as an export is. What was read
/// survives a cancel, a failure and a restart, and reading goes on where it stood.
/// </summary>
internal sealed class WindowSource : FileSourceBase
{
    private const int MaxFailures = 5;
    private readonly ILogs _logs;
    private readonly SourceSettings _settings;
    private WindowRecord _record;

    public WindowSource(
        AnalysisId id, WindowRecord record, ILogs logs, SourceSettings settings, RevisionSettingsBook book, TimeProvider time, ILogger logger)
        : base(id, DataFile(settings, id), Initial(record), book, time, logger)
    {
        _record = record;
        _logs = logs;
        _settings = settings;
    }

    public override string Title
    {
        get
        {
            var services = _record.Request.Services switch
            {
                [] => "all services",
                [var one] => one,
                var many => $"{many.Count.ToString(CultureInfo.InvariantCulture)} services",
            };
            return $"{_record.Request.Project}, {services}, {Clock(_record.Request.From)} to {Clock(_record.Request.To)}";
        }
    }

    public override IReadOnlyList<string> Services => _record.Request.Services;

    public static string DataFile(SourceSettings settings, AnalysisId id) => Path.Combine(settings.WindowFolder, id.Value + ".ndjson");

    public static string RecordFile(SourceSettings settings, AnalysisId id) => Path.Combine(settings.WindowFolder, id.Value + ".json");

    public override void DeleteFiles()
    {
        Sidecar.Delete(RecordFile(_settings, Id), Logger);
        Sidecar.Delete(DataPath, Logger);
    }

    protected override void OnSubscribers(int count)
    {
        // After a restart: what was read is on the disk, and is analysed when somebody looks.
        if (count > 0 && State == SourceState.Waiting && _record.Complete)
        {
            Start();
        }
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_record.Complete)
            {
                await ReadAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await PublishPartAsync(SourceState.Cancelled);
            throw;
        }

        if (_record.Complete)
        {
            await PublishFileAsync(SourceState.Ready, [], cancellationToken);
        }
        else
        {
            var (error, problem) = (Error, Problem);
            await PublishPartAsync(SourceState.Failed);
            Update(s => s with { State = SourceState.Failed, Error = error, Problem = problem });
        }
    }

    /// <summary>Reads on from the cursor; at the end the record is complete, or the problem is told.</summary>
    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var file = new FileStream(DataPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);

        // What lies behind the record's length belongs to a page that was not finished.
        file.SetLength(Math.Min(file.Length, _record.Bytes));
        file.Seek(0, SeekOrigin.End);
        var failures = 0;
        var begin = Time.GetTimestamp();
        var beginFraction = Fraction();
        while (true)
        {
            var request = _record.Request;
            var query = new LogQuery { Project = request.Project, Filter = LogFilters.Window(request.Services, request.From, request.To, _record.Cursor) };
            CloudRunError? error = null;
            await foreach (var page in _logs.ReadAsync(query, cancellationToken))
            {
                error = page.Error;
                if (error is null)
                {
                    failures = 0;
                    await KeepAsync(page, file, cancellationToken);
                    TellProgress(begin, beginFraction);
                }
            }

            if (error is null)
            {
                _record = _record with { Complete = true };
                Sidecar.Write(RecordFile(_settings, Id), _record);
                return;
            }

            failures++;
            if (error is not (CloudRunError.QuotaExceeded or CloudRunError.Unavailable) || failures >= MaxFailures)
            {
                Fail($"{error.Message} What was read until then is shown; resume to read the rest.", error);
                return;
            }

            var wait = Backoff.After(error, failures);
            Update(s => s with { Error = error, Problem = $"{error.Message} The console tries again in {Words.Duration(wait.TotalSeconds)}." });
            await Task.Delay(wait, Time, cancellationToken);
        }
    }

    private async Task KeepAsync(LogPage page, FileStream file, CancellationToken cancellationToken)
    {
        var cursor = _record.Cursor;
        var atCursor = _record.AtCursor.ToHashSet(StringComparer.Ordinal);
        var kept = 0;
        foreach (var entry in page.Entries)
        {
            var key = $"{entry.InsertId} {entry.LogName}";
            if (entry.Timestamp == cursor ? !atCursor.Add(key) : entry.Timestamp < cursor)
            {
                continue;
            }

            if (entry.Timestamp != cursor)
            {
                atCursor = [key];
                cursor = entry.Timestamp;
            }

            await WriteLineAsync(file, entry.RawJson, cancellationToken);
            kept++;
        }

        await file.FlushAsync(cancellationToken);
        _record = _record with
        {
            Cursor = cursor,
            AtCursor = [.. atCursor],
            Bytes = file.Length,
            Entries = _record.Entries + kept,
            Calls = _record.Calls + 1,
        };
        Sidecar.Write(RecordFile(_settings, Id), _record);
    }

    // Answers are indented: {\n      "insertId": "…". Inside a JSON string a line break cannot stand, so each one is white space.
    private static async Task WriteLineAsync(FileStream file, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var line = new byte[json.Length + 1];
        json.Span.CopyTo(line);
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        line[^1] = (byte)'\n';
        await file.WriteAsync(line, cancellationToken);
    }

    private double Fraction()
    {
        var request = _record.Request;
        return _record.Cursor is { } cursor ? Math.Clamp((cursor - request.From) / (request.To - request.From), 0, 1) : 0;
    }

    private void TellProgress(long begin, double beginFraction)
    {
        var fraction = Fraction();
        var done = fraction - beginFraction;
        Update(s => s with
        {
            Error = null,
            Problem = null,
            Progress = new SourceProgress
            {
                Doing = "Reading the window, oldest first.",
                Fraction = fraction,
                Entries = _record.Entries,
                Calls = _record.Calls,
                Remaining = done > 0.005 ? Time.GetElapsedTime(begin) * ((1 - fraction) / done) : null,
            },
        });
    }

    private async Task PublishPartAsync(SourceState state)
    {
        if (!Closing && _record.Cursor is { } cursor && cursor >= _record.Request.From)
        {
            // Not to be cancelled: it is what a cancelled read leaves behind. Bounded by what was read.
            await PublishFileAsync(state, [$"Only the part up to {Clock(cursor)} has been read. Resume to read the rest."], CancellationToken.None);
        }
    }

    private Task PublishFileAsync(SourceState state, IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        if (_record.Entries > 0)
        {
            return PublishAsync(token => LogExportReader.Read([DataPath], null, token), state, notes, cancellationToken);
        }

        Update(s => s with
        {
            State = state,
            Notes = [.. notes, "There is no entry of these services in this window."],
            Progress = s.Progress with { Doing = "", Fraction = 1, Remaining = null },
        });
        return Task.CompletedTask;
    }

    private static SourceSnapshot Initial(WindowRecord record)
    {
        // A new window has made no call yet.
        var begun = record.Calls > 0;
        return new SourceSnapshot
        {
            Project = record.Request.Project,
            From = record.Request.From,
            To = record.Request.To,
            State = SourceState.Waiting,
            Progress = new SourceProgress
            {
                Doing = record.Complete ? "Read; open it to see it." : begun ? "Reading was interrupted; resume to go on." : "",
                Entries = record.Entries,
                Calls = record.Calls,
            },
            Notes = record.Complete || !begun ? [] : ["Reading was interrupted by a restart. Resume to go on where it stood."],
        };
    }

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
