using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Testing.Network;
using OpsConsole.Testing.Storage;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Faults;

/// <summary>A console with its PostgreSQL behind a link that a test breaks.</summary>
internal sealed class FaultyConsole : IAsyncDisposable
{
    private static readonly Actor Admin = new("ada@acme.example", "Ada", [Role.Admin]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private FaultyConsole(RunningConsole console, BadLink link, string database)
    {
        Console = console;
        Link = link;
        Database = database;
    }

    /// <summary>The console.</summary>
    public RunningConsole Console { get; }

    /// <summary>Between it and its database.</summary>
    public BadLink Link { get; }

    /// <summary>Connection string of the superuser, past the link.</summary>
    public string Database { get; }

    /// <summary>Starts one on a database of its own.</summary>
    /// <param name="state">How the link is at the start.</param>
    /// <param name="cluster">The server; the shared one by default.</param>
    public static async Task<FaultyConsole> StartAsync(LinkState state = LinkState.Open, PostgresCluster? cluster = null)
    {
        cluster ??= await PostgresCluster.SharedAsync();
        var database = await cluster.CreateDatabaseAsync();
        var link = new BadLink(cluster.Port) { State = state };
        var connection = new NpgsqlConnectionStringBuilder(database) { Port = link.Port, Timeout = 3, CommandTimeout = 3, MaxPoolSize = 30 };
        return new FaultyConsole(await RunningConsole.StartAsync(settings => settings.Database.Connection = connection.ToString()), link, database);
    }

    /// <summary>A program with a token that may send events.</summary>
    public async Task<HttpClient> SourceAsync()
    {
        var made = await Console.Services.GetRequiredService<ApiTokens>().MakeAsync(
            Admin, new ApiTokenRequest($"t-{Guid.NewGuid():N}", "acme-prod", ApiScope.AppendEvents, 30), CancellationToken.None);
        var client = Console.Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Secret ?? throw new InvalidOperationException(made.Error!.Message));
        return client;
    }

    /// <summary>Sends one event.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpClient source, string id) => source.PostAsync(
        new Uri("/api/v1/audit/events", UriKind.Relative),
        new StringContent(AuditTrail.Api.ApiClient.Event(id), Encoding.UTF8, "application/json"));

    /// <summary>What <c>/readyz</c> says.</summary>
    public async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
    {
        using var browser = Console.Browser();
        using var answer = await browser.GetAsync(new Uri("/readyz", UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, Func<Task<string>> how)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                Assert.Fail($"It did not come to that in time: {await how()}");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Waits until <c>/readyz</c> answers 200.</summary>
    public Task UntilReadyAsync() => UntilAsync(async () => (await ReadyAsync()).Status == HttpStatusCode.OK, async () => (await ReadyAsync()).Text);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Link.State = LinkState.Open;
        await Console.DisposeAsync();
        await Link.DisposeAsync();
    }
}
