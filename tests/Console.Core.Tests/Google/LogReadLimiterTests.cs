using OpsConsole.Core.Google;
using OpsConsole.Core.Logs;
using OpsConsole.Testing;

namespace OpsConsole.Core.Tests.Google;

public sealed class LogReadLimiterTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Acquire_WithinTheLimit_IsImmediate()
    {
        var limiter = new LogReadLimiter(3, _time);

        Assert.All(Take(limiter, 3), static t => Assert.True(t.IsCompletedSuccessfully));
        Assert.Equal(3, limiter.Quota("p").UsedInLastMinute);
    }

    [Fact]
    public async Task Acquire_OverTheLimit_WaitsUntilTheOldestCallIsAMinuteOld()
    {
        var limiter = new LogReadLimiter(2, _time);
        Take(limiter, 1);
        _time.Advance(TimeSpan.FromSeconds(20));
        Take(limiter, 1);

        var third = Take(limiter, 1)[0];
        Assert.Equal(new LogQuota(2, 2, TimeSpan.FromSeconds(60)), limiter.Quota("p"));
        _time.Advance(TimeSpan.FromSeconds(39));
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        await third;
    }

    [Fact]
    public async Task Acquire_SeveralWaiting_ComeInTheirOrder()
    {
        var limiter = new LogReadLimiter(1, _time);
        Take(limiter, 1);
        var waiting = Take(limiter, 3);

        foreach (var turn in waiting)
        {
            Assert.False(turn.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(61));
            await turn;
        }
    }

    [Fact]
    public async Task Acquire_WaiterCancels_GivesItsTurnToTheNext()
    {
        var limiter = new LogReadLimiter(1, _time);
        Take(limiter, 1);
        using var cancellation = new CancellationTokenSource();
        var first = limiter.AcquireAsync("p", cancellation.Token).AsTask();
        var second = Take(limiter, 1)[0];

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _time.Advance(TimeSpan.FromSeconds(61));

        await second;
    }

    [Fact]
    public async Task Pause_AfterARefusal_HoldsEverybody()
    {
        var limiter = new LogReadLimiter(60, _time);
        limiter.Pause("p", TimeSpan.FromSeconds(8));

        var turn = Take(limiter, 1)[0];
        Assert.False(turn.IsCompleted);
        Assert.True(limiter.AcquireAsync("another", CancellationToken.None).AsTask().IsCompletedSuccessfully);
        _time.Advance(TimeSpan.FromSeconds(9));

        await turn;
    }

    private static IReadOnlyList<Task> Take(LogReadLimiter limiter, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => limiter.AcquireAsync("p", CancellationToken.None).AsTask())];
}
