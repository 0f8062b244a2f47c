using System.Text.Json.Nodes;
using OpsConsole.Testing;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.Simulator.Workload;

/// <summary>The seeded fleet and its workload together, over HTTP.</summary>
public sealed class DemoProjectTests(DemoProjectTests.Host demo) : IClassFixture<DemoProjectTests.Host>
{
    [Fact]
    public async Task Truth_OfEachSeededService_IsWhatTheDemoPromises()
    {
        var revisions = JsonNode.Parse(await demo.Client.GetStringAsync("simulator/truth"))!["revisions"]!.AsArray();

        var verdicts = revisions
            .GroupBy(r => (string)r!["service"]!)
            .ToDictionary(g => g.Key, g => (string)g.MaxBy(r => (int)r!["requests"]!)!["verdict"]!);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["accounts"] = "at risk",
                ["billing"] = "has CPU",
                ["catalog"] = "quiet",
                ["checkout"] = "at risk",
                ["partner-gateway"] = "quiet",
                ["pricing"] = "quiet",
                ["reports"] = "quiet",
                ["search"] = "quiet",
                ["storefront"] = "quiet",
                ["telemetry"] = "at risk",
                ["thumbnails"] = "quiet",
                ["webhooks"] = "quiet",
            },
            verdicts);
        Assert.True(revisions.Where(r => (string)r!["service"]! == "checkout").Sum(r => (int)r!["recordsLost"]!) > 0);
        Assert.True(revisions.Where(r => (string)r!["service"]! == "search").Sum(r => (int)r!["refused"]!) > 0);
    }

    [Theory]
    [InlineData("log_id(\"run.googleapis.com/varlog/system\") textPayload:\"Memory limit of 512 MiB exceeded\" resource.labels.service_name=thumbnails")]
    [InlineData("resource.labels.service_name=storefront textPayload:\"STARTUP HTTP probe failed\" severity=ERROR")]
    [InlineData("resource.type=cloud_run_job labels.\"run.googleapis.com/execution_name\":\"invoice-run-\" textPayload:\"Container called exit(1).\"")]
    [InlineData("resource.labels.service_name=partner-gateway textPayload:\"MANUAL_OR_CUSTOMER_MIN_INSTANCE\"")]
    [InlineData("resource.labels.service_name=storefront httpRequest.status=101")]
    [InlineData("resource.type=cloud_run_worker_pool resource.labels.worker_pool_name=queue-worker textPayload:acked")]
    [InlineData("logName=\"projects/acme-prod/logs/cloudaudit.googleapis.com%2Factivity\" protoPayload.methodName:UpdateService")]
    [InlineData("resource.labels.service_name=(\"checkout\" OR \"accounts\") \"audit commit\"")]
    public async Task List_WhatTheDemoShows_IsInTheLog(string filter)
    {
        var body = new JsonObject { ["resourceNames"] = new JsonArray("projects/acme-prod"), ["filter"] = filter, ["orderBy"] = "timestamp desc" };
        JsonNode page;
        do
        {
            using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
            using var response = await demo.Client.PostAsync("v2/entries:list", content);
            page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            body["pageToken"] = page["nextPageToken"]?.DeepClone();
        }
        while (page["entries"] is null && page["nextPageToken"] is not null);

        Assert.NotNull(page["entries"]);
    }

    public sealed class Host : IAsyncLifetime
    {
        private SimulatorHost? host;

        internal HttpClient Client { get; } = new();

        public async Task InitializeAsync()
        {
            var time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
            host = await SimulatorHost.StartAsync(new SimulatorOptions { LiveTraffic = false }, time, CancellationToken.None);
            Client.BaseAddress = host.BaseAddress;
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            await host!.DisposeAsync();
        }
    }
}
