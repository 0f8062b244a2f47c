using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.Simulator;

/// <summary>A simulator on a real socket with a clock that stands still, and a plain HTTP client.</summary>
internal sealed class SimulatorUnderTest : IAsyncDisposable
{
    public const string Europe = "v2/projects/acme-prod/locations/europe-west1";

    public const string America = "v2/projects/acme-prod/locations/us-central1";

    public const string Asia = "v2/projects/acme-prod/locations/asia-northeast1";

    private readonly SimulatorHost host;

    private SimulatorUnderTest(SimulatorHost host, ManualClock clock)
    {
        this.host = host;
        Clock = clock;
        Http = new HttpClient { BaseAddress = host.BaseAddress };
    }

    public ManualClock Clock { get; }

    public HttpClient Http { get; }

    public Uri Address => host.BaseAddress;

    /// <param name="live">Whether the services receive requests while the clock moves.</param>
    public static async Task<SimulatorUnderTest> StartAsync(bool live = false)
    {
        var clock = new ManualClock(DateTimeOffset.Parse("2026-11-22T09:00:00Z", CultureInfo.InvariantCulture));
        var options = new SimulatorOptions { History = TimeSpan.Zero, LiveTraffic = live, OperationSeconds = 4 };
        return new SimulatorUnderTest(await SimulatorHost.StartAsync(options, clock, CancellationToken.None), clock);
    }

    /// <summary>Lets every operation that was started come to its end.</summary>
    public void FinishOperations() => Clock.Advance(TimeSpan.FromSeconds(5));

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PatchAsync(string path, string body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<Answer> PatchAsync(string path, JsonObject body) => SendAsync(HttpMethod.Patch, path, body.ToJsonString());

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Reads a resource, changes it and writes it back without a mask.</summary>
    public async Task<Answer> RewriteAsync(string path, Action<JsonObject> change, string query = "")
    {
        var resource = (await GetAsync(path)).Json;
        change(resource);
        return await PatchAsync(path + query, resource);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType ?? "");
    }
}
