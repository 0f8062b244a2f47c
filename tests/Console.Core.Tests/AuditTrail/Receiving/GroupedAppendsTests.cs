using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Receiving;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Receiving;

public sealed class GroupedAppendsTests : IDisposable
{
    private readonly HeldAppender _held = new();
    private readonly GroupedAppends _appends;

    public GroupedAppendsTests() => _appends = new GroupedAppends(_held);

    public void Dispose() => _appends.Dispose();

    [Fact]
    public async Task Append_Alone_IsAppendedAtOnce_AndAnsweredAfterTheCommit()
    {
        var one = SendAsync("a");
        var call = await _held.NextAsync();

        Assert.False(one.IsCompleted);
        call.Commit();
        Assert.Equal(["a"], Ids(await one));
    }

    [Fact]
    public async Task Append_WhileAnotherIsCommitted_GathersOneGroup_AndEachGetsItsOwnResults()
    {
        var first = SendAsync("a");
        var call = await _held.NextAsync();
        var rest = Enumerable.Range(0, 20).Select(i => SendAsync($"b{i}", $"c{i}")).ToList();
        call.Commit();
        var group = await _held.NextAsync();
        group.Commit();

        Assert.Equal(["a"], Ids(await first));
        Assert.Equal(40, group.Events.Count);
        for (var i = 0; i < rest.Count; i++)
        {
            Assert.Equal([$"b{i}", $"c{i}"], Ids(await rest[i]));
        }
    }

    [Fact]
    public async Task Append_MoreThanOneTransactionTakes_KeepsRequestsWhole()
    {
        var first = SendAsync("a");
        var call = await _held.NextAsync();
        var large = SendAsync([.. Enumerable.Range(0, 990).Select(static i => $"l{i}")]);
        var next = SendAsync([.. Enumerable.Range(0, 20).Select(static i => $"n{i}")]);
        call.Commit();
        var group = await _held.NextAsync();
        group.Commit();
        var another = await _held.NextAsync();
        another.Commit();

        Assert.Equal((990, 20), (group.Events.Count, another.Events.Count));
        Assert.Equal((1, 990, 20), ((await first).Count, (await large).Count, (await next).Count));
    }

    [Fact]
    public async Task Append_StoreAway_AllOfTheGroupAreTold_AndTheNextIsTriedAgain()
    {
        var first = SendAsync("a");
        var call = await _held.NextAsync();
        var (b, c) = (SendAsync("b"), SendAsync("c"));
        call.Commit();
        (await _held.NextAsync()).Fail(new AuditUnavailableException("The database is away."));
        await first;

        await Assert.ThrowsAsync<AuditUnavailableException>(() => b);
        await Assert.ThrowsAsync<AuditUnavailableException>(() => c);
        var later = SendAsync("d");
        (await _held.NextAsync()).Commit();
        Assert.Equal(["d"], Ids(await later));
    }

    [Fact]
    public async Task Append_OneEventThatTheStoreRefuses_HarmsNobodyElse()
    {
        var first = SendAsync("a");
        var call = await _held.NextAsync();
        var (bad, good) = (SendAsync("bad"), SendAsync("good"));
        call.Commit();
        (await _held.NextAsync()).Fail(new FormatException("Not an event."));
        (await _held.NextAsync()).Fail(new FormatException("Not an event."));
        (await _held.NextAsync()).Commit();
        await first;

        await Assert.ThrowsAsync<FormatException>(() => bad);
        Assert.Equal(["good"], Ids(await good));
    }

    [Fact]
    public async Task Append_GoneWhileItWaited_IsLeftOut()
    {
        using var gone = new CancellationTokenSource();
        var first = SendAsync("a");
        var call = await _held.NextAsync();
        var left = _appends.AppendAsync([AnEvent.Of("b")], AuditVia.Api, "billing", gone.Token);
        var stays = SendAsync("c");
        await gone.CancelAsync();
        call.Commit();
        var group = await _held.NextAsync();
        group.Commit();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Equal(["c"], group.Events.Select(static e => e.Id));
        Assert.Equal((1, 1), ((await first).Count, (await stays).Count));
    }

    [Fact]
    public async Task Append_OfTwoSources_NeitherWaitsForTheOther()
    {
        var billing = SendAsync("a");
        var held = await _held.NextAsync();
        var shop = _appends.AppendAsync([AnEvent.Of("b")], AuditVia.Api, "shop", CancellationToken.None);
        var other = await _held.NextAsync();
        other.Commit();

        Assert.Equal("shop", other.AppendedBy);
        Assert.Equal(["b"], Ids(await shop));
        Assert.False(billing.IsCompleted);
        held.Commit();
        await billing;
    }

    private Task<IReadOnlyList<AppendResult>> SendAsync(params string[] ids) => _appends.AppendAsync([.. ids.Select(static id => AnEvent.Of(id))], AuditVia.Api, "billing", CancellationToken.None);

    private static IEnumerable<string> Ids(IReadOnlyList<AppendResult> results) => results.Select(static r => Assert.IsType<AppendResult.Recorded>(r).Receipt.Id);
}
