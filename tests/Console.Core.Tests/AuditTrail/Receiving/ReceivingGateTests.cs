using OpsConsole.Core.AuditTrail.Receiving;
using OpsConsole.Testing;

namespace OpsConsole.Core.Tests.AuditTrail.Receiving;

public sealed class ReceivingGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Guid Loud = Guid.NewGuid();
    private static readonly Guid Quiet = Guid.NewGuid();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Enter_WhileThereIsRoom_IsAtOnce_AndTheRoomComesBack()
    {
        var gate = Gate(room: 10, most: 0);
        var first = await gate.EnterAsync(Loud, 6, CancellationToken.None);
        var tooMuch = await gate.EnterAsync(Loud, 6, CancellationToken.None);
        var fits = await gate.EnterAsync(Loud, 4, CancellationToken.None);

        Assert.NotNull(first);
        Assert.Null(tooMuch);
        Assert.NotNull(fits);
        first.Dispose();
        first.Dispose();
        Assert.Equal(4, gate.Used);
        Assert.NotNull(await gate.EnterAsync(Loud, 6, CancellationToken.None));
    }

    [Fact]
    public async Task Enter_HeavierThanAllRoom_TakesAllOfIt()
    {
        var gate = Gate(room: 10, most: 0);
        using var pass = await gate.EnterAsync(Loud, 64, CancellationToken.None);

        Assert.NotNull(pass);
        Assert.Equal(10, gate.Used);
    }

    [Fact]
    public async Task Enter_WithoutRoom_WaitsForItsTurn_AndNobodyOvertakes()
    {
        var gate = Gate(room: 10, most: 5);
        var held = await gate.EnterAsync(Loud, 8, CancellationToken.None);
        var heavy = gate.EnterAsync(Loud, 8, CancellationToken.None);
        var light = gate.EnterAsync(Loud, 1, CancellationToken.None);

        Assert.False(heavy.IsCompleted);
        Assert.False(light.IsCompleted);
        held!.Dispose();
        Assert.NotNull(await heavy);
        Assert.NotNull(await light);
        Assert.Equal((9, 0), (gate.Used, gate.Waiting));
    }

    [Fact]
    public async Task Enter_SourcesTakeTurns_HoweverLongOneLineIs()
    {
        var gate = Gate(room: 1, most: 20);
        var held = await gate.EnterAsync(Loud, 1, CancellationToken.None);
        var loud = Enumerable.Range(0, 10).Select(_ => gate.EnterAsync(Loud, 1, CancellationToken.None)).ToList();
        var quiet = gate.EnterAsync(Quiet, 1, CancellationToken.None);

        held!.Dispose();
        (await loud[0])!.Dispose();
        Assert.NotNull(await quiet);
        Assert.Equal(9, gate.Waiting);
        Assert.All(loud.Skip(1), static l => Assert.False(l.IsCompleted));
    }

    [Fact]
    public async Task Enter_FullLines_TheLastOfTheLongestGivesWay_AndALoudSourceOnlyHarmsItself()
    {
        var gate = Gate(room: 1, most: 3);
        var held = await gate.EnterAsync(Loud, 1, CancellationToken.None);
        var loud = Enumerable.Range(0, 3).Select(_ => gate.EnterAsync(Loud, 1, CancellationToken.None)).ToList();
        var oneMore = await gate.EnterAsync(Loud, 1, CancellationToken.None);
        var quiet = gate.EnterAsync(Quiet, 1, CancellationToken.None);

        Assert.Null(oneMore);
        Assert.Null(await loud[2]);
        Assert.Equal(3, gate.Waiting);
        held!.Dispose();
        (await loud[0])!.Dispose();
        Assert.NotNull(await quiet);
    }

    [Fact]
    public async Task Enter_TooLong_IsRefused_AndLeavesTheLine()
    {
        var gate = Gate(room: 1, most: 3);
        var held = await gate.EnterAsync(Loud, 1, CancellationToken.None);
        var late = gate.EnterAsync(Loud, 1, CancellationToken.None);
        _time.Advance(Patience);

        Assert.Null(await late);
        Assert.Equal(0, gate.Waiting);
        held!.Dispose();
        Assert.Equal(0, gate.Used);
    }

    [Fact]
    public async Task Enter_WhenTheSenderGoes_LeavesTheLine()
    {
        var gate = Gate(room: 1, most: 3);
        using var gone = new CancellationTokenSource();
        var held = await gate.EnterAsync(Loud, 1, CancellationToken.None);
        var waiting = gate.EnterAsync(Loud, 1, gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held!.Dispose();
        Assert.Equal((0, 0), (gate.Used, gate.Waiting));
    }

    [Fact]
    public async Task Enter_FromManySides_NeverHoldsMoreThanItsRoom_AndEndsEmpty()
    {
        var gate = new ReceivingGate(20, 50, TimeSpan.FromSeconds(30), TimeProvider.System);
        var sources = Enumerable.Range(0, 5).Select(static _ => Guid.NewGuid()).ToArray();
        var (most, let) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (i, token) =>
        {
            using var pass = await gate.EnterAsync(sources[i % 5], 1 + (i % 9), token);
            if (pass is not null)
            {
                InterlockedMax(ref most, gate.Used);
                Interlocked.Increment(ref let);
                await Task.Yield();
            }
        });

        Assert.InRange(most, 1, 20);
        Assert.Equal(5000, let);
        Assert.Equal((0, 0), (gate.Used, gate.Waiting));
    }

    private ReceivingGate Gate(int room, int most) => new(room, most, Patience, _time);

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
