using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
    public async Task Otlp_Logs_ArriveWithWhoReports_AndNothingThatIsSentHoldsASecret()
    {
        const string Secret = "hunter2-0123456789abcdef";
        await using var collector = await OtlpCollector.StartAsync();
        await using (var console = await RunningConsole.StartAsync(settings => settings.Telemetry.OtlpEndpoint = collector.Address.ToString()))
        {
            var logger = console.Services.GetRequiredService<ILoggerFactory>().CreateLogger("OpsConsole.Test");
            logger.LogWarning("The database at {Connection} is away.", $"Host=db;Password={Secret}");
            logger.LogError(new InvalidOperationException($"Outer, password={Secret}", new IOException($"Inner, Bearer {Secret}")), "An act failed.");
            using var browser = console.Browser();
            browser.DefaultRequestHeaders.Authorization = new("Bearer", $"opsc_{Secret}");
            using var page = await browser.GetAsync(new Uri($"/sign-in?token={Secret}", UriKind.Relative));
            using var api = await browser.PostAsync(new Uri("/api/v1/audit/events", UriKind.Relative), new StringContent("{}"));
            Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        }

        var received = collector.Received.ToLookup(static r => r.Path, static r => Encoding.UTF8.GetString(r.Body));
        var logs = string.Concat(received["/v1/logs"]);
        Assert.Contains("is away.", logs, StringComparison.Ordinal);
        Assert.Contains("An act failed.", logs, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", logs, StringComparison.Ordinal);
        Assert.Contains("OpsConsole.Test", logs, StringComparison.Ordinal);
        Assert.All(["/v1/logs", "/v1/traces", "/v1/metrics"], path => Assert.All(received[path], body =>
        {
            Assert.Contains("service.name", body, StringComparison.Ordinal);
            Assert.Contains("opsconsole", body, StringComparison.Ordinal);
            Assert.Contains("service.version", body, StringComparison.Ordinal);
            Assert.Contains("service.instance.id", body, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
        }));
        Assert.All(["/v1/logs", "/v1/traces", "/v1/metrics"], path => Assert.NotEmpty(received[path]));
        Assert.Contains(received["/v1/metrics"], static body => body.Contains("opsconsole.audit.refused", StringComparison.Ordinal));
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
