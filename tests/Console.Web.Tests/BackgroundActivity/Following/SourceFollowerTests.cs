using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Logs;
using OpsConsole.Testing;
using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Web.BackgroundActivity.Following;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.Following;

public sealed class SourceFollowerTests
{
    private readonly ManualTime _time = new();
    private readonly FakeSource _source = new(AnalysisId.Live("acme-prod")) { From = At(0), To = At(60) };
    private int _changes;

    [Fact]
    public async Task Pause_WhileTheSourceGoesOn_KeepsWhatIsShownAndCountsWhatIsNew()
    {
        await _source.PublishAsync(Analyse(LateOrder()));
        using var follower = Follow();
        var shown = follower.Shown;
        follower.Pause();

        var more = LateOrder();
        more.Request("i1", 30, 0.1, LogWorld.Trace(9));
        more.Line("i1", 30.05, "new", LogWorld.Trace(9));
        await _source.PublishAsync(Analyse(more));

        Assert.Same(shown, follower.Shown);
        Assert.Equal(2, follower.New);
        Assert.Equal(1, _changes);
        Assert.EndsWith("paused 09:00:00, 2 new", Status(follower), StringComparison.Ordinal);

        follower.Resume();
        Assert.Same(_source.Current, follower.Shown);
        Assert.Equal((0, null), (follower.New, follower.PausedAt));
    }

    [Fact]
    public async Task Pause_BeforeAnythingWasRead_StillShowsTheFirstSnapshot()
    {
        using var follower = Follow();
        follower.Pause();
        await _source.PublishAsync(Analyse(LateOrder()));
        Assert.NotNull(follower.Shown);
    }

    [Fact]
    public void Dispose_Always_EndsTheSubscription()
    {
        Follow().Dispose();
        Assert.Equal(0, _source.Subscribers);
    }

    [Fact]
    public void Status_OfALiveSource_SaysTheExtentWithItsZoneAndTheQuota()
    {
        using var follower = Follow();
        Assert.Equal("2026-03-02 10:00:00 UTC to 2026-03-02 10:01:00 UTC · 12 of 60 calls used in the last minute", Status(follower));
    }

    [Fact]
    public void Progress_WhileReading_SaysWhatHowFarAndHowLong()
    {
        var source = new FakeSource(AnalysisId.NewWindow())
        {
            State = SourceState.Reading,
            Progress = new SourceProgress { Doing = "Reading the window.", Fraction = 0.5, Entries = 12_404, Calls = 13, Remaining = TimeSpan.FromSeconds(90) },
        };
        Assert.Equal("Reading the window, 50 %, 12,404 entries, 13 calls, about 1 min 30 s left.", SourceWords.Progress(source));
    }

    private static string Status(SourceFollower follower) =>
        SourceWords.Status([follower], [new LogQuota(12, 60, TimeSpan.Zero)], TimeZoneInfo.Utc);

    private SourceFollower Follow() => new(_source, _time, () =>
    {
        _changes++;
        return Task.CompletedTask;
    });
}
