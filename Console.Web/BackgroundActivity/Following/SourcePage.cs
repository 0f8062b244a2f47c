using Microsoft.AspNetCore.Components;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.BackgroundActivity.Following;

/// <summary>
/// What the pages of background activity share: they follow the source that the address names, and build their view of a
/// snapshot off the circuit's thread, because that reads over all rows.
/// </summary>
public abstract class SourcePage : LiveComponent, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private bool _again;
    private bool _disposed;

    [Inject]
    protected AnalysisCatalog Catalog { get; set; } = default!;

    [Inject]
    protected FleetCache CloudRun { get; set; } = default!;

    [Inject]
    protected CurrentActor Viewer { get; set; } = default!;

    /// <summary>The sources that the viewer may look at.</summary>
    protected IReadOnlyList<IAnalysisSource> Sources => Catalog.AllFor(Viewer.Now);

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    /// <summary>Followed sources; empty when the address names one that does not exist.</summary>
    protected IReadOnlyList<SourceFollower> Followers { get; private set; } = [];

    /// <summary>The one source of pages that show one.</summary>
    protected SourceFollower? Follower => Followers.Count > 0 ? Followers[0] : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        OnLeaving();
        Stop();
        _one.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The page is left: what else it has under way ends here.</summary>
    protected virtual void OnLeaving()
    {
    }

    /// <summary>Follows what the address names: a source, or the live logs of the projects given.</summary>
    protected void Follow(string? source, params IReadOnlyList<string> liveProjects)
    {
        IReadOnlyList<IAnalysisSource> wanted = AnalysisId.TryParse(source, out var id)
            ? Catalog.FindFor(Viewer.Now, id) is { } found ? [found] : []
            : string.IsNullOrEmpty(source)
                ? [.. liveProjects.Select(project => Catalog.FindFor(Viewer.Now, AnalysisId.Live(project))).OfType<IAnalysisSource>()]
                : [];
        FollowAll(wanted);
    }

    /// <summary>Follows one source, or none.</summary>
    protected void FollowOne(AnalysisId? source) => FollowAll(source is not null && Catalog.FindFor(Viewer.Now, source) is { } found ? [found] : []);

    /// <summary>Builds the view again, once more if something changes while it is being built. Stale results are never kept.</summary>
    protected async Task RefreshAsync()
    {
        if (!await _one.WaitAsync(0))
        {
            _again = true;
            return;
        }

        try
        {
            do
            {
                _again = false;
                var keep = await Task.Run(Build);
                if (_disposed)
                {
                    return;
                }

                keep();
                StateHasChanged();
            }
            while (_again);
        }
        finally
        {
            if (!_disposed)
            {
                _one.Release();
            }
        }
    }

    /// <summary>Builds the view from the followed snapshots on another thread, and returns what keeps it on the circuit's.</summary>
    protected abstract Action Build();

    /// <summary>Pauses or resumes all followed sources together.</summary>
    protected Task TogglePauseAsync()
    {
        var pause = Followers.All(follower => follower.PausedAt is null);
        foreach (var follower in Followers)
        {
            if (pause)
            {
                follower.Pause();
            }
            else
            {
                follower.Resume();
            }
        }

        return RefreshAsync();
    }

    private void FollowAll(IReadOnlyList<IAnalysisSource> wanted)
    {
        if (wanted.Select(s => s.Id).SequenceEqual(Followers.Select(f => f.Source.Id)))
        {
            return;
        }

        Stop();
        Followers = [.. wanted.Select(s => new SourceFollower(s, Time, OnSourceChangedAsync))];
    }

    private Task OnSourceChangedAsync() => _disposed ? Task.CompletedTask : InvokeAsync(() => _disposed ? Task.CompletedTask : RefreshAsync());

    private void Stop()
    {
        foreach (var follower in Followers)
        {
            follower.Dispose();
        }

        Followers = [];
    }
}
