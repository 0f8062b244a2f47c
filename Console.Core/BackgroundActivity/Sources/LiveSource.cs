using Microsoft.Extensions.Logging;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>
/// The live logs of one project: one reader for all who look. First the window is filled, newest first; then it is polled by
/// receiveTimestamp with an overlap, for a slow request appears in the past, up to its timeout back. One loop does one thing
/// at a time (poll, fill, analyse), so nothing here needs a lock.
/// </summary>
internal sealed partial class LiveSource : AnalysisSource
{
    /// <summary>How far polls reach back before the latest arrival: entries become visible a little out of order.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    /// <summary>Lines this young are not judged yet: their request may still run, and has no entry then.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);

    /// <summary>Nothing becomes visible later than this after its receiveTimestamp, and no clock is further off.</summary>
    public static readonly TimeSpan SlowestArrival = TimeSpan.FromMinutes(10);

    /// <summary>Share of each minute's calls that the first fill may take; the rest is for polls and for people who wait for an estimate or a window.</summary>
    public const double FillShare = 0.8;

    /// <summary>Shortest time between two analyses.</summary>
    public static readonly TimeSpan AnalyseEvery = TimeSpan.FromSeconds(5);

    private readonly ILogs _logs;
    private readonly RevisionSettingsBook _book;
    private readonly SourceSettings _settings;
    private readonly LiveWindow _window;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _startLock = new();
    private Task? _loop;
    private readonly long _began;
    private TimeSpan _lastLooked;

    private LiveFill _fill;
    private IAsyncEnumerator<LogPage>? _fillPages;
    private int _fillCalls;
    private DateTimeOffset? _oldestOfStretch;
    private DateTimeOffset? _pollSince;
    private TimeSpan _nextPoll;
    private TimeSpan _nextAnalysis;
    private TimeSpan _lastPoll;
    private DateTimeOffset? _arrived;
    private DateTimeOffset? _trimmed;
    private DateTimeOffset _judgedUntil;
    private bool _changed;
    private int _failures;
    private int _calls;
    private IReadOnlyList<string> _settingsProblems = [];

    public LiveSource(string project, ILogs logs, RevisionSettingsBook book, SourceSettings settings, TimeProvider time, ILogger logger)
        : base(AnalysisId.Live(project), new SourceSnapshot { Project = project }, time, logger)
    {
        _logs = logs;
        _book = book;
        _settings = settings;
        _window = new LiveWindow(settings.LiveBytes);
        _fill = new LiveFill(time.GetUtcNow(), settings.LiveWindow);
        _began = time.GetTimestamp();
    }

    // What is waited for goes by this clock, and not by the one on the wall: set back an hour, that would stop the reading for an hour.
    private TimeSpan Running => Time.GetElapsedTime(_began);

    public override string Title => $"Live logs of {Project}";

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_loop is { } loop)
        {
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _wake.Dispose();
        _stop.Dispose();
    }

    protected override void OnSubscribers(int count)
    {
        lock (_startLock)
        {
            _lastLooked = Running;
            if (count == 0 || _stop.IsCancellationRequested)
            {
                return;
            }

            _loop ??= Task.Run(() => LoopAsync(_stop.Token));
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    private bool SomebodyLooks()
    {
        lock (_startLock)
        {
            return Subscribers > 0 || Running - _lastLooked < _settings.LingerAfterLastReader;
        }
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        Begin();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!SomebodyLooks())
                {
                    await PauseAsync(cancellationToken);
                    continue;
                }

                await StepAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Log.Unexpected(Logger, e, Id.Value);
                await FailAsync(null, "Reading stopped on an error in the console itself; its log has the details.", cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await DropFillPagesAsync();
    }

    private void Begin()
    {
        Log.Begins(Logger, Id.Value);
        var now = Time.GetUtcNow();
        _fill = new LiveFill(now, _settings.LiveWindow);
        _window.Clear();
        _pollSince = null;
        _oldestOfStretch = null;
        _nextAnalysis = Running;
        (_arrived, _trimmed) = (null, null);
        _changed = false;
        Tell(SourceState.Reading);
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        if (_pollSince is not null && Running >= _nextPoll)
        {
            await PollAsync(now, cancellationToken);
        }
        else if (!_fill.IsComplete && _logs.Quota(Project) is var quota && quota.UsedInLastMinute >= quota.PerMinute * FillShare && _pollSince is not null)
        {
            // The rest of the minute belongs to polls and to people who wait for an answer.
            await Task.Delay(TimeSpan.FromSeconds(1), Time, cancellationToken);
        }
        else if (!_fill.IsComplete)
        {
            await FillAsync(cancellationToken);
        }

        now = Time.GetUtcNow();
        Trim(now);
        _changed |= _window.HasLinesBetween(_judgedUntil, now - Settle) || BecameQuiet(now);

        if (_fill.CoveredFrom is not null && Running >= _nextAnalysis && (_changed || Current is null))
        {
            await AnalyseAsync(now, cancellationToken);
        }

        if (_fill.IsComplete && _pollSince is not null && _nextPoll - Running is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, Time, cancellationToken);
        }
    }

    // Nothing came since: that, too, is news for the pages of the last requests.
    private bool BecameQuiet(DateTimeOffset now) =>
        _window.LastReceived + RequestView.ShortWatch is { } quiet && _judgedUntil < quiet && quiet <= now - Settle;

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _fillPages ??= _logs
            .ReadAsync(
                new LogQuery { Project = Project, NewestFirst = true, Filter = LogFilters.Window([], _fill.From, _fill.To, notAfter: _oldestOfStretch) },
                cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        if (!await _fillPages.MoveNextAsync())
        {
            await DropFillPagesAsync();
            BeginPolls();
            _fill.StretchRead(_fillCalls);
            (_fillCalls, _oldestOfStretch, _changed) = (0, null, true);
            if (Current is null || _fill.IsComplete)
            {
                // The first stretch, to have something to show; and the last: "ready" is told with what it was read for.
                _nextAnalysis = Running;
            }

            Tell(SourceState.Reading);
            return;
        }

        var page = _fillPages.Current;
        if (page.Error is { } error)
        {
            await DropFillPagesAsync();
            await FailAsync(error, error.Message, cancellationToken);
            return;
        }

        _calls++;
        _fillCalls++;
        _window.Add(page.Entries);
        if (page.Entries is [.., var oldest])
        {
            _oldestOfStretch = oldest.Timestamp;
        }

        Recovered();
    }

    private async Task PollAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = _pollSince!.Value - Overlap;
        var begin = Running;
        if (begin - _lastPoll > _settings.LiveWindow)
        {
            // Nobody looked for longer than the window is long: what was kept is worth nothing.
            await DropFillPagesAsync();
            Begin();
            return;
        }

        await foreach (var page in _logs.ReadAsync(new LogQuery { Project = Project, Filter = LogFilters.ReceivedSince(since) }, cancellationToken))
        {
            if (page.Error is { } error)
            {
                // The watermark stays: the next poll reads the same stretch again.
                await FailAsync(error, error.Message, cancellationToken);
                return;
            }

            _calls++;
            _changed |= _window.Add(page.Entries) > 0;
            Trim(Time.GetUtcNow());
        }

        // Quiet projects: what a complete poll did not bring is not going to arrive so late. Only Google's times and the length of time that went by
        // here: a watermark of our clock would pass over entries when that is ahead.
        _arrived = Latest((_arrived ?? (_window.LastReceived ?? now) - SlowestArrival) + (begin - _lastPoll), _window.LastReceived - SlowestArrival);
        _pollSince = Latest(_pollSince.Value, _window.LastReceived, _arrived);
        (_lastPoll, _nextPoll) = (begin, Running + _settings.Poll);
        Recovered();
    }

    private void BeginPolls()
    {
        if (_pollSince is null)
        {
            (_pollSince, _lastPoll) = (_window.LastReceived ?? _fill.From, Running);
        }
    }

    private void Trim(DateTimeOffset now)
    {
        // A clock that was ahead for a while took more away: that is not covered any more.
        _trimmed = Latest(now - _settings.LiveWindow, _trimmed);
        _changed |= _window.Trim(now - _settings.LiveWindow);
        if (_window.CutAt is { } cut && !_fill.IsComplete)
        {
            _fill.Stop(cut);
            BeginPolls();
            _window.Trim(_fill.CoveredFrom!.Value);
        }
    }

    private async Task AnalyseAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _changed = false;
        var begin = Time.GetTimestamp();
        var from = Latest(_fill.CoveredFrom!.Value, _window.CutAt, _trimmed);
        _judgedUntil = now - Settle;
        var entries = _window.Between(from, _judgedUntil);
        var known = await _book.OfAsync(Project, Current?.Table.Revisions ?? [], cancellationToken);
        _settingsProblems = known.Problems;
        var analysis = await AnalyseAsync(
            () =>
            {
                var builder = new LogTableBuilder();
                foreach (var entry in entries)
                {
                    builder.Add(entry.Raw);
                }

                return builder.Build();
            },
            known.Settings,
            _judgedUntil,
            cancellationToken);

        // Large windows cost CPU: leave it to others at least four fifths of the time.
        var pause = Time.GetElapsedTime(begin) * 4;
        _nextAnalysis = Running + (pause > AnalyseEvery ? pause : AnalyseEvery);
        Update(s => s with { Current = analysis, Version = s.Version + 1, From = from, To = _judgedUntil, Notes = NotesAt(now) });
        if (_fill.IsComplete && State == SourceState.Reading)
        {
            Tell(SourceState.Ready);
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        Log.Pauses(Logger, Id.Value);
        await DropFillPagesAsync();
        Update(s => s with
        {
            State = SourceState.Waiting,
            Progress = s.Progress with { Doing = "Not asking for new entries, because nobody looks. It goes on when somebody does.", Fraction = null },
        });

        // A wake-up from before the pause may be left over: the loop then only looks again.
        await _wake.WaitAsync(cancellationToken);
        if (SomebodyLooks())
        {
            Tell(_fill.IsComplete ? SourceState.Ready : SourceState.Reading);
        }
    }

    private async Task DropFillPagesAsync()
    {
        if (_fillPages is { } pages)
        {
            _fillPages = null;
            await pages.DisposeAsync();
        }
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset? b, DateTimeOffset? c = null) =>
        new[] { a, b ?? a, c ?? a }.Max();
}
