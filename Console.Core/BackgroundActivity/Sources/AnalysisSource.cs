using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>What all sources share: the snapshot, its subscribers, and when an analysis may be closed.</summary>
internal abstract class AnalysisSource : IAnalysisSource, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly ChangeSignal _signal;
    private readonly List<(Func<SourceSnapshot, bool> Condition, TaskCompletionSource Done)> _waiting = [];
    private volatile SourceSnapshot _snapshot;
    private bool _retired;

    protected AnalysisSource(AnalysisId id, SourceSnapshot snapshot, TimeProvider time, ILogger logger)
    {
        Id = id;
        Time = time;
        Logger = logger;
        _snapshot = snapshot;
        _signal = new ChangeSignal(time, e => Log.SubscriberFailed(logger, e, id.Value), count =>
        {
            CloseIfRetired();
            OnSubscribers(count);
        });
    }

    public AnalysisId Id { get; }

    public abstract string Title { get; }

    public SourceKind Kind => Id.Kind;

    public string Project => _snapshot.Project;

    public virtual IReadOnlyList<string> Services => [];

    public DateTimeOffset? From => _snapshot.From;

    public DateTimeOffset? To => _snapshot.To;

    public SourceState State => _snapshot.State;

    public SourceProgress Progress => _snapshot.Progress;

    public CloudRunError? Error => _snapshot.Error;

    public string? Problem => _snapshot.Problem;

    public IReadOnlyList<string> Notes => _snapshot.Notes;

    public Analysis? Current => _snapshot.Current;

    public string Version => _snapshot.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Everything at one moment.</summary>
    public SourceSnapshot Snapshot => _snapshot;

    /// <summary>How many look.</summary>
    protected int Subscribers => _signal.Count;

    protected TimeProvider Time { get; }

    protected ILogger Logger { get; }

    public IDisposable Subscribe(Func<Task> changed) => _signal.Subscribe(changed);

    /// <summary>Ends when a snapshot satisfies a condition, now or later.</summary>
    public Task WhenAsync(Func<SourceSnapshot, bool> condition)
    {
        lock (_lock)
        {
            if (condition(_snapshot))
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, done));
            return done.Task;
        }
    }

    /// <summary>The source is forgotten: its table is closed once nobody looks at it any more.</summary>
    public void Retire()
    {
        _retired = true;
        CloseIfRetired();
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Replaces the snapshot and tells everybody.</summary>
    protected void Update(Func<SourceSnapshot, SourceSnapshot> change)
    {
        List<TaskCompletionSource> done = [];
        lock (_lock)
        {
            _snapshot = change(_snapshot);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Condition(_snapshot))
                {
                    done.Add(_waiting[i].Done);
                    _waiting.RemoveAt(i);
                }
            }
        }

        done.ForEach(static d => d.TrySetResult());
        _signal.Raise();
    }

    /// <summary>Somebody came or left.</summary>
    protected virtual void OnSubscribers(int count)
    {
    }

    /// <summary>Correlates a table away from the caller's thread.</summary>
    /// <param name="table">Makes the table.</param>
    /// <param name="settings">Settings of its revisions.</param>
    /// <param name="linesUntil">Newer lines are not in the table yet; null when all are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected async Task<Analysis> AnalyseAsync(
        Func<LogTable> table, IReadOnlyDictionary<RevisionKey, RevisionSettings> settings, DateTimeOffset? linesUntil, CancellationToken cancellationToken)
    {
        var begin = Time.GetTimestamp();
        var analysis = await Task.Run(() => Correlator.Analyse(table(), new CorrelatorOptions { Settings = settings, LinesUntil = linesUntil }, cancellationToken), cancellationToken);
        Log.Analysed(Logger, Id.Value, analysis.Table.Requests.Count + (long)analysis.Table.Lines.Count, Time.GetElapsedTime(begin).TotalMilliseconds);
        return analysis;
    }

    private void CloseIfRetired()
    {
        if (_retired && _signal.Count == 0)
        {
            _snapshot.Current?.Table.Dispose();
        }
    }
}
