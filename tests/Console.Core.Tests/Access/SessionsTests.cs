using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Access;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Access;

/// <summary>Ended sessions of two consoles on one PostgreSQL, and of one that starts again.</summary>
public sealed class SessionsTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task End_AtOneConsole_IsHeardAtTheOther()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var (one, _) = On(database);
        var (two, news) = On(database);
        using var stop = new CancellationTokenSource();
        var heard = news.NextOf(NewsTopic.Sessions);
        var listening = new NewsChannel(database.Database, news, TimeProvider.System, NullLogger<NewsChannel>.Instance).RunAsync(stop.Token);

        // The first is "something may have been missed": it listens from then on.
        await heard.WaitAsync(TimeSpan.FromSeconds(60));
        heard = news.NextOf(NewsTopic.Sessions);
        var id = Sessions.NewId(Now);
        await one.EndAsync(id, Now.AddHours(1));
        await heard.WaitAsync(TimeSpan.FromSeconds(60));
        await two.RefreshAsync(CancellationToken.None);

        Assert.True(two.IsEnded(id, "sam@acme.example"));
        Assert.False(two.IsEnded(Sessions.NewId(Now), "sam@acme.example"));
        await stop.CancelAsync();
        await listening;
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task End_OfAPerson_EndsWhatBeganBeforeAndNothingAfterOrOfOthers(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (one, _) = On(database);
        var before = Sessions.NewId(Now.AddMinutes(-5));
        await one.EndAsync("Sam@acme.example", Now.AddHours(9));

        // Another console, or this one after a restart.
        var (two, _) = On(database);
        await two.RefreshAsync(CancellationToken.None);

        foreach (var sessions in new[] { one, two })
        {
            Assert.True(sessions.IsEnded(before, "sam@acme.example"));
            Assert.False(sessions.IsEnded(before, "kim@acme.example"));
            Assert.False(sessions.IsEnded(Sessions.NewId(Now.AddMinutes(5)), "sam@acme.example"));
        }
    }

    [Fact]
    public async Task End_WhileTheDatabaseIsAway_HoldsHereAndIsKeptLater()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var (one, _) = On(database);
        await database.ExecuteAsync("ALTER TABLE ended_session RENAME TO elsewhere");
        await one.EndAsync("s1", Now.AddHours(1));
        Assert.True(one.IsEnded("s1", "sam@acme.example"));

        await database.ExecuteAsync("ALTER TABLE elsewhere RENAME TO ended_session");
        await one.RefreshAsync(CancellationToken.None);

        var (two, _) = On(database);
        await two.RefreshAsync(CancellationToken.None);
        Assert.True(two.IsEnded("s1", "sam@acme.example"));
    }

    private static (Sessions Sessions, ConsoleNews News) On(TestDatabase database)
    {
        var news = new ConsoleNews();
        return (new Sessions(new SessionStore(database.Database), news, TimeProvider.System, NullLogger<Sessions>.Instance), news);
    }
}
