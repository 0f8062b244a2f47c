using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Access;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage;
using OpsConsole.Testing;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Access;

/// <summary>Sessions that end at one of two consoles on one PostgreSQL, on a clock that stands still: nobody looks by himself.</summary>
public sealed class SessionNewsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task End_AtOneConsole_IsToldToTheOther()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        using var stop = new CancellationTokenSource();
        var (here, there) = (new ConsoleNews(), new ConsoleNews());
        var ending = new Sessions(new SessionStore(database.Database), here, time, NullLogger<Sessions>.Instance);
        var told = new Sessions(new SessionStore(database.Database), there, time, NullLogger<Sessions>.Instance);
        var heard = there.CountOf(NewsTopic.Sessions);
        Task[] work = [new NewsChannel(database.Database, there, time, NullLogger<NewsChannel>.Instance).RunAsync(stop.Token), told.RunAsync(stop.Token)];

        // It listens, has read once for that, and waits: for news, and for a clock that does not move.
        await UntilAsync(() => there.CountOf(NewsTopic.Sessions) > heard);
        await time.WhenTimerAsync(Sessions.MaxAge);
        var session = Sessions.NewId(time.GetUtcNow());
        Assert.False(told.IsEnded(session, "sam@acme.example"));
        var raised = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        told.Ended += (_, _) => raised.TrySetResult();
        await ending.EndAsync(session, time.GetUtcNow().AddHours(8));

        await raised.Task.WaitAsync(Patience);
        Assert.True(told.IsEnded(session, "sam@acme.example"));
        await stop.CancelAsync();
        foreach (var task in work)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < Patience, "It did not come to that in time.");
            await Task.Delay(20);
        }
    }
}
