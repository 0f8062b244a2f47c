using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Consoles;

/// <summary>Who runs, and who has which turn, on a real PostgreSQL; sessions are broken off as a failing network would.</summary>
public sealed class ConsoleMarkTests
{
    [Fact]
    public async Task Living_TwoConsoles_SeeEachOtherUntilOneEnds()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var one = await SetAsync(database);
        var two = await SetAsync(database);

        Assert.Equal([.. new[] { one.Name, two.Name }.Order(StringComparer.Ordinal)], (await one.LivingAsync(default)).Order(StringComparer.Ordinal));
        Assert.Equal([.. new[] { one.Name, two.Name }.Order(StringComparer.Ordinal)], (await two.LivingAsync(default)).Order(StringComparer.Ordinal));
        await two.DisposeAsync();
        Assert.Equal([one.Name], await one.LivingAsync(default));
    }

    [Fact]
    public async Task Living_ConsoleOfAnotherDatabase_IsNobodyHere()
    {
        await using var here = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var there = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var one = await SetAsync(here);
        await using var other = await SetAsync(there);

        Assert.Equal([one.Name], await one.LivingAsync(default));
    }

    [Fact]
    public async Task Run_SessionBroken_SetsTheMarkAnew()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var one = await SetAsync(database);
        await using var two = await SetAsync(database);
        using var stop = new CancellationTokenSource();
        var keeping = one.RunAsync(stop.Token);

        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        await UntilAsync(async () => (await two.LivingAsync(default)).Contains(one.Name));
        await stop.CancelAsync();
        await keeping;
    }

    [Fact]
    public async Task Turn_SessionBroken_IsKnownToBeLostAndAnotherTakesIt()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var one = new TurnStore(database.Database, TimeProvider.System);
        var two = new TurnStore(database.Database, TimeProvider.System);
        await using var turn = await one.TryTakeAsync("poller", default);
        Assert.NotNull(turn);
        Assert.Null(await two.TryTakeAsync("poller", default));
        Assert.True(await turn.IsHeldAsync(default));

        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

        Assert.False(await turn.IsHeldAsync(default));
        await UntilAsync(async () =>
        {
            await using var taken = await two.TryTakeAsync("poller", default);
            return taken is not null;
        });
    }

    [Fact]
    public async Task Living_DatabaseInAFile_IsThisOneAlone()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var one = await SetAsync(database);

        Assert.Equal([one.Name], await one.LivingAsync(default));
    }

    private static async Task<ConsoleMark> SetAsync(TestDatabase database)
    {
        var mark = new ConsoleMark(database.Database, TimeProvider.System, NullLogger<ConsoleMark>.Instance);
        await mark.SetAsync(CancellationToken.None);
        return mark;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var end = Environment.TickCount64 + 60_000;
        while (!await holds())
        {
            Assert.True(Environment.TickCount64 < end, "It did not come to hold in a minute.");
            await Task.Delay(100);
        }
    }
}
