using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Testing;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

public sealed class ChangeSignalTests
{
    private readonly ManualTimeProvider _time = new(Entries.Nine);

    [Fact]
    public async Task Raise_ManyTimesInASecond_TellsAtOnceAndOnceMoreAtItsEnd()
    {
        var told = new SemaphoreSlim(0);
        var count = 0;
        var signal = new ChangeSignal(_time, static _ => { }, static _ => { });
        using var subscription = signal.Subscribe(() =>
        {
            Interlocked.Increment(ref count);
            told.Release();
            return Task.CompletedTask;
        });

        for (var i = 0; i < 100; i++)
        {
            signal.Raise();
        }

        await told.WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await told.WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(2, count);
    }

    [Fact]
    public async Task Raise_WhenASubscriberThrows_TellsTheOthersAndLogs()
    {
        var failed = new TaskCompletionSource<Exception>();
        var told = new TaskCompletionSource();
        var signal = new ChangeSignal(_time, failed.SetResult, static _ => { });
        using var bad = signal.Subscribe(static () => throw new InvalidOperationException("bad"));
        using var good = signal.Subscribe(() =>
        {
            told.SetResult();
            return Task.CompletedTask;
        });

        signal.Raise();

        await told.Task;
        Assert.Equal("bad", (await failed.Task).Message);
    }

    [Fact]
    public void Subscribe_AndDispose_CountsThoseWhoLook()
    {
        List<int> counts = [];
        var signal = new ChangeSignal(_time, static _ => { }, counts.Add);
        var a = signal.Subscribe(static () => Task.CompletedTask);
        var b = signal.Subscribe(static () => Task.CompletedTask);
        a.Dispose();
        a.Dispose();
        b.Dispose();

        Assert.Equal([1, 2, 1, 0], counts);
    }
}
