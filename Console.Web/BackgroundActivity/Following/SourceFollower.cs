using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Web.BackgroundActivity.Following;

/// <summary>
/// What one page shows of a source: the newest snapshot, or, while paused, the one of that moment. A page subscribes through
/// this and through nothing else, so that pausing stops what is shown and never what is read.
/// </summary>
public sealed class SourceFollower : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Func<Task> _changed;
    private readonly IDisposable _subscription;

    /// <summary>Begins to follow. <paramref name="changed"/> runs on any thread.</summary>
    public SourceFollower(IAnalysisSource source, TimeProvider time, Func<Task> changed)
    {
        Source = source;
        _time = time;
        _changed = changed;
        Shown = source.Current;
        _subscription = source.Subscribe(OnChangedAsync);

        // What arrived between the two lines above is not missed.
        Shown = source.Current;
    }

    /// <summary>What is followed.</summary>
    public IAnalysisSource Source { get; }

    /// <summary>The snapshot to show; null until something was read.</summary>
    public Analysis? Shown { get; private set; }

    /// <summary>Since when the page stands still; null when it moves.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Requests and lines that came since, at least; 0 when not paused.</summary>
    public long New => PausedAt is null ? 0 : Math.Max(0, Size(Source.Current) - Size(Shown));

    /// <summary>Stands still.</summary>
    public void Pause() => PausedAt ??= _time.GetUtcNow();

    /// <summary>Shows the newest again.</summary>
    public void Resume()
    {
        PausedAt = null;
        Shown = Source.Current;
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    private Task OnChangedAsync()
    {
        // Paused before anything was there: the first snapshot is shown all the same.
        if (PausedAt is null || Shown is null)
        {
            Shown = Source.Current;
        }

        return _changed();
    }

    private static long Size(Analysis? analysis) => analysis is null ? 0 : (long)analysis.Table.Lines.Count + analysis.Table.Requests.Count;
}
