using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Core.AuditTrail.Receiving;
using OpsConsole.Web.AuditTrail.Sealing;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.AuditTrail.Api;

/// <summary>What the API does with more than it can take: it says when to come again, loses nothing, and goes on afterwards.</summary>
public sealed class BackpressureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Post_TooMuchUnderWay_Is429WithRetryAfter_AndTakenAgainAfterwards()
    {
        await using var console = await RunningConsole.StartAsync(static settings => (settings.Audit.ApiRequestsAtOnce, settings.Audit.ApiRequestsWaiting) = (64, 0));
        using var client = await ApiClient.ForAsync(console);
        var all = await console.Services.GetRequiredService<ReceivingGate>().EnterAsync(Guid.NewGuid(), 64, CancellationToken.None);
        using var refused = await client.PostAsync(ApiClient.Event("g"));
        all!.Dispose();
        using var taken = await client.PostAsync(ApiClient.Event("g"));

        AssertRefused(refused, 1, 3);
        Assert.Contains("Nothing of this one was recorded", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    [Fact]
    public async Task Post_TooMuchUnderWay_IsRefusedBeforeTheBodyIsSent()
    {
        await using var console = await RunningConsole.StartAsync(static settings => (settings.Audit.ApiRequestsAtOnce, settings.Audit.ApiRequestsWaiting) = (64, 0));
        var token = await ApiClient.TokenAsync(console, "acme-prod");
        using var all = await console.Services.GetRequiredService<ReceivingGate>().EnterAsync(Guid.NewGuid(), 64, CancellationToken.None);
        using var socket = new TcpClient();
        await socket.ConnectAsync(console.Address.Host, console.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/audit/events HTTP/1.1\r\nHost: {console.Address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"));

        // Not one byte of the body was sent: a console that waited for it would not answer.
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 429 Too Many Requests", await reader.ReadLineAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task Post_TooManyUnsealed_Is429UntilTheyAreSealed_AndRecordsNothingOfIt()
    {
        await using var console = await RunningConsole.StartAsync(static settings => settings.Audit.ApiUnsealedEvents = 20);
        using var client = await ApiClient.ForAsync(console);
        var sealing = console.Services.GetServices<IHostedService>().OfType<SealingService>().Single();
        await sealing.StopAsync(CancellationToken.None);
        var (refused, number) = ((HttpResponseMessage?)null, 0);
        await UntilAsync(async () =>
        {
            var answer = await client.PostAsync($"[{string.Join(',', Enumerable.Range(0, 10).Select(i => ApiClient.Event($"u{number}-{i}")))}]");
            number++;
            refused = answer.IsSuccessStatusCode ? null : answer;
            return refused is not null;
        });

        AssertRefused(refused!, 10, 15);
        Assert.Contains("Audit:ApiUnsealedEvents", await refused!.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await sealing.StartAsync(CancellationToken.None);
        HttpResponseMessage? again = null;
        await UntilAsync(async () =>
        {
            again?.Dispose();
            again = await client.PostAsync(ApiClient.Event($"u{number - 1}-0"));
            return again.IsSuccessStatusCode;
        });

        // Not 200: nothing of the request that was refused had been recorded.
        Assert.Equal(HttpStatusCode.Created, again!.StatusCode);
        again.Dispose();
        refused.Dispose();
    }

    [Fact]
    public async Task Post_BesideASourceThatSendsTooMuch_GetsThrough()
    {
        await using var console = await RunningConsole.StartAsync(static settings =>
            (settings.Audit.ApiRequestsAtOnce, settings.Audit.ApiRequestsWaiting, settings.Audit.ApiRequestsPerSecond) = (64, 4, 100_000));
        using var loud = await ApiClient.ForAsync(console);
        using var quiet = await ApiClient.ForAsync(console);
        using var over = new CancellationTokenSource();

        // A request without a length counts as the largest there is: one fills the room, four the line.
        var flood = Enumerable.Range(0, 24).Select(async n =>
        {
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(ApiClient.Event($"loud-{n}-{i}")));
                content.Headers.ContentType = new("application/json");
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/audit/events", UriKind.Relative)) { Content = content };
                request.Headers.TransferEncodingChunked = true;
                using var answer = await loud.Http.SendAsync(request, CancellationToken.None);
                statuses.Add(answer.StatusCode);
            }

            return statuses;
        }).ToList();

        for (var i = 0; i < 10; i++)
        {
            await UntilAsync(async () =>
            {
                using var answer = await quiet.PostAsync(ApiClient.Event($"quiet-{i}"));
                return answer.StatusCode == HttpStatusCode.Created;
            });
        }

        await over.CancelAsync();
        var all = (await Task.WhenAll(flood)).SelectMany(static s => s).ToList();
        Assert.Contains(HttpStatusCode.Created, all);
        Assert.Contains(HttpStatusCode.TooManyRequests, all);
        Assert.All(all, static status => Assert.Contains(status, new[] { HttpStatusCode.Created, HttpStatusCode.TooManyRequests }));
        Assert.Equal(0, console.Services.GetRequiredService<ReceivingGate>().Used);
    }

    private static void AssertRefused(HttpResponseMessage answer, double least, double most)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, least, most);
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await done())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
