using Microsoft.Extensions.Logging;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>What windows and uploads share: a job in the background that is started, cancelled and started again, over one file.</summary>
internal abstract class FileSourceBase : AnalysisSource
{
    private readonly RevisionSettingsBook _book;
    private readonly Lock _jobLock = new();
    private CancellationTokenSource? _cancel;
    private Task _job = Task.CompletedTask;
    private bool _disposed;

    protected FileSourceBase(AnalysisId id, string file, SourceSnapshot snapshot, RevisionSettingsBook book, TimeProvider time, ILogger logger)
        : base(id, snapshot, time, logger)
    {
        DataPath = file;
        _book = book;
    }

    /// <summary>True when the console stops or the source is deleted: nothing is worth analysing then.</summary>
    protected bool Closing
    {
        get
        {
            lock (_jobLock)
            {
                return _disposed;
            }
        }
    }

    /// <summary>The file of entries.</summary>
    protected string DataPath { get; }

    /// <summary>Starts the job unless it runs.</summary>
    public void Start()
    {
        lock (_jobLock)
        {
            if (_disposed || !_job.IsCompleted)
            {
                return;
            }

            _cancel?.Dispose();
            _cancel = new CancellationTokenSource();
            var token = _cancel.Token;
            Update(static s => s with { State = SourceState.Reading, Error = null, Problem = null });
            _job = Task.Run(() => GuardAsync(token), CancellationToken.None);
        }
    }

    /// <summary>Stops the job; its end is seen in the state.</summary>
    public void Cancel()
    {
        lock (_jobLock)
        {
            _cancel?.Cancel();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        Task job;
        lock (_jobLock)
        {
            _disposed = true;
            _cancel?.Cancel();
            job = _job;
        }

        await job.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Deletes the files.</summary>
    public abstract void DeleteFiles();

    /// <summary>The job. It ends with a state other than Reading; failures that are expected are handled inside.</summary>
    protected abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Says what is wrong.</summary>
    protected void Fail(string problem, CloudRun.CloudRunError? error = null)
    {
        Log.ReadingFailed(Logger, Id.Value, problem);
        Update(s => s with { State = SourceState.Failed, Problem = problem, Error = error });
    }

    /// <summary>Reads a file into a table, correlates it, and publishes the result.</summary>
    /// <exception cref="LogExportException">The file holds no entries.</exception>
    protected async Task PublishAsync(
        Func<CancellationToken, LogTable> read, SourceState state, IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        var table = await Task.Run(() => read(cancellationToken), cancellationToken);
        try
        {
            var known = await SettingsOfAsync(table, cancellationToken);
            Update(static s => s with { Progress = s.Progress with { Doing = "Correlating requests and lines.", Fraction = null, Remaining = null } });
            var analysis = await AnalyseAsync(() => table, known.Settings, linesUntil: null, cancellationToken);
            var (from, to) = Extent(table);

            // The analysis of a part that this one replaces is not closed here: somebody may be downloading it. Its file handle goes with it.
            Update(s => s with
            {
                Current = analysis,
                Version = s.Version + 1,
                State = state,
                Project = s.Project.Length > 0 ? s.Project : table.Revisions.Select(static r => r.Project).FirstOrDefault("")!,
                From = Kind == SourceKind.Window ? s.From : from,
                To = Kind == SourceKind.Window ? s.To : to,
                Notes = [.. notes, .. known.Problems],
                Progress = s.Progress with { Doing = "", Fraction = state == SourceState.Ready ? 1 : s.Progress.Fraction, Entries = table.Input.Entries, Remaining = null },
            });
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private async Task<KnownSettings> SettingsOfAsync(LogTable table, CancellationToken cancellationToken)
    {
        Dictionary<RevisionKey, RevisionSettings> settings = [];
        List<string> problems = [];
        foreach (var project in table.Revisions.Select(static r => r.Project).Distinct(StringComparer.Ordinal).Take(20))
        {
            var known = await _book.OfAsync(project, [], cancellationToken);
            problems.AddRange(known.Problems);
            foreach (var (key, value) in known.Settings)
            {
                settings[key] = value;
            }
        }

        return new KnownSettings(settings, problems);
    }

    private async Task GuardAsync(CancellationToken cancellationToken)
    {
        Log.Begins(Logger, Id.Value);
        try
        {
            await RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Update(static s => s with { State = SourceState.Cancelled, Progress = s.Progress with { Doing = "Stopped.", Remaining = null } });
        }
        catch (LogExportException e)
        {
            Fail(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail($"The disk failed: {e.Message}");
        }
        catch (OutOfMemoryException)
        {
            // A single large array is what there was no room for: the console itself goes on.
            Fail(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"It does not fit into the memory that this console may use ({GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20:N0} MB). Export a shorter time or fewer services, or give the console more memory."));
        }
        catch (Exception e)
        {
            Log.Unexpected(Logger, e, Id.Value);
            Fail("Reading stopped on an error in the console itself; its log has the details.");
        }
    }

    private static (DateTimeOffset? From, DateTimeOffset? To) Extent(LogTable table)
    {
        var (from, to) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < table.Requests.Count; i++)
        {
            from = Math.Min(from, table.Requests[i].TimestampNs);
            to = Math.Max(to, table.Requests[i].TimestampNs);
        }

        for (var i = 0; i < table.Lines.Count; i++)
        {
            from = Math.Min(from, table.Lines[i].TimestampNs);
            to = Math.Max(to, table.Lines[i].TimestampNs);
        }

        return from > to ? (null, null) : (UnixTime.FromNs(from), UnixTime.FromNs(to));
    }
}
