using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Testing.Circuits;
using OpsConsole.Testing.Storage;
using Xunit.Abstractions;

namespace OpsConsole.Web.Tests.Faults;

/// <summary>
/// PostgreSQL on disks that are really full: of the data, and of its write-ahead log, when the server ends itself. Where the tests may not mount a
/// file system there is none that is full, and <see cref="PostgresAwayTests"/> makes do with the server's error alone: docs/operations.md says so.
/// </summary>
public sealed class PostgresDiskTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Long = new('x', 3000);

    [Fact]
    public async Task Full_DataAndThenTheLog_WritesAreRefused_ReadingGoesOn_AndNothingAcknowledgedIsLost()
    {
        using var data = SmallDisk.TryMount(220, out var why);
        if (data is null)
        {
            // Not root, or in a container without that right: how the system words that differs.
            Assert.NotEqual("", why);
            output.WriteLine($"No disk could be filled here ({why}).");
            return;
        }

        using var log = SmallDisk.TryMount(24, out why) ?? throw new InvalidOperationException(why);
        var folder = Directory.CreateDirectory(Path.Combine(data.Folder, "pg")).FullName;
        await using var cluster = await PostgresCluster.StartAsync(durable: false, folder, log.Folder, CancellationToken.None);
        await using var faulty = await FaultyConsole.StartAsync(cluster: cluster);
        using var source = await faulty.SourceAsync();
        using var sam = await Visitor.SignInAsync(faulty.Console.Address, "sre", CancellationToken.None);
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(source, "before", acknowledged)).Status);

        // The data's disk.
        data.Fill();
        var (status, retryAfter, text) = await UntilRefusedAsync(source, "data", acknowledged);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.NotNull(retryAfter);
        Assert.Contains("make room", text, StringComparison.Ordinal);
        await ReadsAsync(faulty, sam);
        using (var browser = faulty.Console.Browser())
        using (var alive = await browser.GetAsync(new Uri("/healthz", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        }

        data.Free();
        await TakenAgainAsync(source, "data-after", acknowledged);

        // That of the write-ahead log: the server ends itself, and may not come up before there is room.
        log.Fill();
        (status, retryAfter, _) = await UntilRefusedAsync(source, "log", acknowledged);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.NotNull(retryAfter);
        await ReadsAsync(faulty, sam);
        log.Free();
        await cluster.EnsureRunningAsync(CancellationToken.None);
        await TakenAgainAsync(source, "log-after", acknowledged);
        await faulty.UntilReadyAsync();

        var health = faulty.Console.Services.GetRequiredService<IAuditHealth>();
        await FaultyConsole.UntilAsync(
            () => Task.FromResult(health.Current is { Unsealed: 0, Alarms.Count: 0 } now && now.CheckpointSize == now.TreeSize),
            () => Task.FromResult($"{health.Current} {string.Join(' ', health.Current.Problems)}"));
        var recorded = await RecordedAsync(faulty);
        Assert.Empty(acknowledged.Except(recorded, StringComparer.Ordinal));
        Assert.Equal(recorded.Count, recorded.Distinct(StringComparer.Ordinal).Count());
    }

    // Pages of services ask nothing of the database's disk.
    private static async Task ReadsAsync(FaultyConsole faulty, Visitor sam)
    {
        await using var page = await OpenPage.OpenAsync(sam, "/services", static root => root.Text.Contains("checkout", StringComparison.Ordinal), Patience, CancellationToken.None);
        Assert.NotNull(faulty.Console);
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? RetryAfter, string Text)> UntilRefusedAsync(HttpClient source, string name, HashSet<string> acknowledged)
    {
        // What is left in pages and segments that are there already is used up first.
        for (var i = 0; i < 2000; i++)
        {
            var answer = await SendAsync(source, $"{name}-{i}", acknowledged);
            if (answer.Status == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(answer.RetryAfter ?? TimeSpan.FromSeconds(1));
            }
            else if (answer.Status is not (HttpStatusCode.Created or HttpStatusCode.OK))
            {
                return answer;
            }
        }

        throw new InvalidOperationException("The disk is not full.");
    }

    private static Task TakenAgainAsync(HttpClient source, string name, HashSet<string> acknowledged) => FaultyConsole.UntilAsync(
        async () => (await SendAsync(source, name, acknowledged)).Status is HttpStatusCode.Created or HttpStatusCode.OK, () => Task.FromResult("refused"));

    // Fifty events of three kilobytes each.
    private static async Task<(HttpStatusCode Status, TimeSpan? RetryAfter, string Text)> SendAsync(HttpClient source, string name, HashSet<string> acknowledged)
    {
        var ids = Enumerable.Range(0, 50).Select(i => $"{name}-{i}").ToList();
        using var body = new StringContent($"[{string.Join(',', ids.Select(static id => AuditTrail.Api.ApiClient.Event(id, $",\"reason\":\"{Long}\"")))}]", Encoding.UTF8, "application/json");
        using var answer = await source.PostAsync(new Uri("/api/v1/audit/events", UriKind.Relative), body);
        if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
        {
            acknowledged.UnionWith(ids);
        }

        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<IReadOnlyList<string>> RecordedAsync(FaultyConsole faulty)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(faulty.Database);
        await using var command = database.CreateCommand("SELECT id FROM audit.receipt");
        await using var reader = await command.ExecuteReaderAsync();
        List<string> ids = [];
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }
}
