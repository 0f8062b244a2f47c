using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Testing;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Tests.Simulator.Logging;

/// <summary>The simulated Cloud Logging on a real socket, with a clock that the test moves.</summary>
internal sealed class LoggingServer : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;

    private LoggingServer(WebApplication app, ManualTimeProvider time, LogStore store, HttpClient client)
    {
        this.app = app;
        Time = time;
        Store = store;
        Client = client;
    }

    public ManualTimeProvider Time { get; }

    public LogStore Store { get; }

    public HttpClient Client { get; }

    public static async Task<LoggingServer> StartAsync(LoggingOptions? options = null, Func<LogStore, TimeProvider, WorkloadRunner>? workload = null)
    {
        var time = new ManualTimeProvider(Now);
        var store = new LogStore(time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var web = builder.Build();
        web.MapLogging(store, time, options ?? new LoggingOptions());
        if (workload is not null)
        {
            web.MapTruth(workload(store, time));
        }

        await web.StartAsync();
        return new LoggingServer(web, time, store, new HttpClient { BaseAddress = new Uri(web.Urls.First()) });
    }

    /// <summary>Adds an entry that was received when it was written.</summary>
    public void Add(int secondsAgo, string text, string? severity = null, string log = "run.googleapis.com%2Fstdout", double receivedAfter = 0)
    {
        var at = Now.AddSeconds(-secondsAgo);
        Store.Write(new JsonObject
        {
            ["timestamp"] = at.ToString("O"),
            ["receiveTimestamp"] = at.AddSeconds(receivedAfter).ToString("O"),
            ["logName"] = "projects/acme-prod/logs/" + log,
            ["resource"] = new JsonObject
            {
                ["type"] = "cloud_run_revision",
                ["labels"] = new JsonObject { ["service_name"] = "checkout", ["location"] = "europe-west1" },
            },
            ["severity"] = severity,
            ["textPayload"] = text,
        });
    }

    public async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(path, content);
        return (response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public Task<(HttpStatusCode Status, JsonObject Body)> ListAsync(
        string filter, int? pageSize = null, string? orderBy = null, string? pageToken = null)
    {
        var body = new JsonObject { ["resourceNames"] = new JsonArray("projects/acme-prod"), ["filter"] = filter };
        if (pageSize is not null)
        {
            body["pageSize"] = pageSize;
        }

        if (orderBy is not null)
        {
            body["orderBy"] = orderBy;
        }

        if (pageToken is not null)
        {
            body["pageToken"] = pageToken;
        }

        return PostAsync("/v2/entries:list", body);
    }

    /// <summary>All entries over all pages.</summary>
    public async Task<(List<JsonObject> Entries, int Pages, int EmptyPages)> ListAllAsync(string filter, int pageSize = 1000, string? orderBy = null)
    {
        var entries = new List<JsonObject>();
        var (pages, empty) = (0, 0);
        string? token = null;
        do
        {
            var (status, body) = await ListAsync(filter, pageSize, orderBy, token);
            Assert.Equal(HttpStatusCode.OK, status);
            var page = body["entries"]?.AsArray().Select(e => e!.AsObject()).ToList() ?? [];
            entries.AddRange(page);
            pages++;
            empty += page.Count == 0 ? 1 : 0;
            token = (string?)body["nextPageToken"];
        }
        while (token is not null);
        return (entries, pages, empty);
    }

    public static IEnumerable<string> Texts(JsonObject body) =>
        (body["entries"]?.AsArray() ?? []).Select(e => (string)e!["textPayload"]!);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
