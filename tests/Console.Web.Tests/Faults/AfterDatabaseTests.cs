using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Storage;
using OpsConsole.Testing;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Faults;

/// <summary>Work in the background waits for the database, and begins again after an error.</summary>
public sealed class AfterDatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opsconsole-after-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Work_WaitsForTheDatabase_AndBeginsAgainAfterAnError()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        await using var database = new ConsoleDatabase(Path.Combine(_folder.FullName, "console.db"));
        var wait = new DatabaseWait(database, time);
        using var work = new Failing(wait, time);
        await work.StartAsync(CancellationToken.None);
        Assert.Equal(0, work.Begun);

        await wait.StartAsync(CancellationToken.None);
        await time.WhenTimerAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, work.Begun);
        time.Advance(TimeSpan.FromSeconds(10));
        await work.Again.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await work.StopAsync(CancellationToken.None);
        Assert.Equal(2, work.Begun);
    }

    private sealed class Failing(DatabaseWait wait, TimeProvider time) : AfterDatabase(wait, time, NullLogger.Instance)
    {
        public int Begun { get; private set; }

        public TaskCompletionSource Again { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task WorkAsync(CancellationToken stoppingToken)
        {
            if (++Begun == 1)
            {
                throw new InvalidOperationException("Nobody expected this.");
            }

            Again.TrySetResult();
            return Task.Delay(Timeout.Infinite, stoppingToken);
        }
    }
}
