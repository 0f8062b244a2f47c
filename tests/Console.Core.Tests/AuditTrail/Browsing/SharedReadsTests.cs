using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Testing;

namespace OpsConsole.Core.Tests.AuditTrail.Browsing;

/// <summary>One reading for all who ask the same at the same time.</summary>
public sealed class SharedReadsTests
{
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(10);
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SharedReads<int> _reads;
    private int _read;

    public SharedReadsTests() => _reads = new SharedReads<int>(Good, static answer => answer >= 100, _time);

    [Fact]
    public async Task Get_TheSameAtTheSameTime_IsReadOnce()
    {
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _reads.GetAsync("a", _ => Count(source.Task), CancellationToken.None);
        var second = _reads.GetAsync("a", _ => Count(source.Task), CancellationToken.None);
        var other = await _reads.GetAsync("b", static _ => Task.FromResult(2), CancellationToken.None);
        source.SetResult(1);

        Assert.Equal((1, 1, 2), (await first, await second, other));
        Assert.Equal(1, _read);
    }

    [Fact]
    public async Task Get_SmallAnswer_IsReadAgain_LargeOneIsKeptForAWhile()
    {
        Assert.Equal(99, await _reads.GetAsync("small", static _ => Task.FromResult(99), CancellationToken.None));
        Assert.Equal(98, await _reads.GetAsync("small", static _ => Task.FromResult(98), CancellationToken.None));

        Assert.Equal(100, await _reads.GetAsync("large", static _ => Task.FromResult(100), CancellationToken.None));
        _time.Advance(Good - TimeSpan.FromTicks(1));
        Assert.Equal(100, await _reads.GetAsync("large", static _ => Task.FromResult(200), CancellationToken.None));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(300, await _reads.GetAsync("large", static _ => Task.FromResult(300), CancellationToken.None));
    }

    [Fact]
    public async Task Get_WhoeverBeganLeaves_TheOthersStillGetIt()
    {
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gone = new CancellationTokenSource();
        var first = _reads.GetAsync("a", token => source.Task.WaitAsync(token), gone.Token);
        var second = _reads.GetAsync("a", token => source.Task.WaitAsync(token), CancellationToken.None);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        source.SetResult(7);

        Assert.Equal(7, await second);
    }

    [Fact]
    public async Task Get_AllLeave_TheReadingIsCancelled()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gone = new CancellationTokenSource();
        var only = _reads.GetAsync(
            "a",
            async token =>
            {
                await using var _ = token.Register(cancelled.SetResult);
                await cancelled.Task;
                token.ThrowIfCancellationRequested();
                return 1;
            },
            gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(5, await _reads.GetAsync("a", static _ => Task.FromResult(5), CancellationToken.None));
    }

    [Fact]
    public async Task Get_Failure_IsToldAndNotKept()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _reads.GetAsync("a", static _ => throw new InvalidOperationException("no"), CancellationToken.None));

        Assert.Equal(100, await _reads.GetAsync("a", static _ => Task.FromResult(100), CancellationToken.None));
    }

    private Task<int> Count(Task<int> task)
    {
        Interlocked.Increment(ref _read);
        return task;
    }
}
