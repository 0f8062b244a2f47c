using OpsConsole.Web.Simulator.Workload;
using OpsConsole.Web.Tests.Simulator.Logging;

namespace OpsConsole.Web.Tests.Simulator.Workload;

public sealed class JobEntriesTests
{
    [Fact]
    public async Task Task_Failed_IsFoundByExecutionNameAsGcloudFiltersForIt()
    {
        await using var server = await LoggingServer.StartAsync();
        var start = LoggingServer.Now.AddHours(-3);
        JobEntries.Task(server.Store, "acme-prod", "us-central1", "invoice-run", "invoice-run-abcde", 0, start, start.AddMinutes(4), failed: true);
        JobEntries.Task(server.Store, "acme-prod", "us-central1", "invoice-run", "invoice-run-fghij", 0, start, start.AddMinutes(4), failed: false);

        var (_, body) = await server.ListAsync(
            "resource.type=\"cloud_run_job\" resource.labels.job_name=\"invoice-run\" labels.\"run.googleapis.com/execution_name\" = \"invoice-run-abcde\"",
            orderBy: "timestamp desc");

        Assert.Equal("Container called exit(1).", LoggingServer.Texts(body).First());
        Assert.Equal(9, LoggingServer.Texts(body).Count());
    }

    [Fact]
    public async Task WorkerPool_EachInstance_LogsWithThePoolsResource()
    {
        await using var server = await LoggingServer.StartAsync();
        JobEntries.WorkerPool(
            server.Store, "acme-prod", "europe-west1", "queue-worker", "queue-worker-00001-abc", 2, LoggingServer.Now.AddHours(-6), LoggingServer.Now.AddMinutes(-1));

        var (entries, _, _) = await server.ListAllAsync("resource.type=cloud_run_worker_pool resource.labels.worker_pool_name=queue-worker");

        Assert.Equal(2, entries.Select(e => (string)e["labels"]!["instanceId"]!).Distinct().Count());
        Assert.InRange(entries.Count, 100, 400);
    }
}
