using System.Net;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Observability;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Otlp_WhereItIsConfigured_GetsTracesWithTheCallersContext_AndMetrics()
    {
        await using var collector = await OtlpCollector.StartAsync();
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        await using (var console = await RunningConsole.StartAsync(settings => settings.Telemetry.OtlpEndpoint = collector.Address.ToString()))
        {
            using var browser = console.Browser();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/healthz", UriKind.Relative));
            request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
            using var answer = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Contains(collector.Received, static r => r.Path == "/v1/metrics");
        Assert.Contains(collector.Received, static r => r.Path == "/v1/traces" && Convert.ToHexStringLower(r.Body).Contains(Trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Readyz_Demo_NamesWhatItLookedAt()
    {
        await using var console = await RunningConsole.StartAsync();
        using var browser = console.Browser();

        var text = await browser.GetStringAsync(new Uri("/readyz", UriKind.Relative));

        Assert.StartsWith("ready\n", text, StringComparison.Ordinal);
        Assert.Contains("ok\tdatabase", text, StringComparison.Ordinal);
        Assert.Contains("ok\tsealer", text, StringComparison.Ordinal);
        Assert.Contains("ok\tgoogle", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readyz_GoogleAway_IsReadyAndSaysSo()
    {
        await using var console = await RunningConsole.StartAsync("my-project");
        using var browser = console.Browser();

        using var answer = await browser.GetAsync(new Uri("/readyz", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("degraded\tgoogle", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
