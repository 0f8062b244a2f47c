namespace OpsConsole.Web.Tests.Simulator.CloudRun;

public sealed class JobTests
{
    private const string Export = SimulatorUnderTest.Europe + "/jobs/nightly-export";

    [Fact]
    public async Task Run_AJob_TheExecutionIsInTheMetadataAtOnceAndEndsWithTheOperation()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var operation = (await simulator.PostAsync(Export + ":run", """{"overrides":{"taskCount":2}}""")).Json;
        var execution = "v2/" + operation["metadata"]!["name"];
        var running = (await simulator.GetAsync(execution)).Json;
        simulator.FinishOperations();
        var ended = (await simulator.GetAsync(execution)).Json;
        var tasks = (await simulator.GetAsync(execution + "/tasks")).Json["tasks"]!.AsArray();
        var job = (await simulator.GetAsync(Export)).Json;

        Assert.Equal("type.googleapis.com/google.cloud.run.v2.Execution", (string)operation["metadata"]!["@type"]!);
        Assert.Equal(2, (int)running["runningCount"]!);
        Assert.Equal(2, (int)ended["succeededCount"]!);
        Assert.False(ended.ContainsKey("runningCount"));
        Assert.Equal(2, tasks.Count);
        Assert.False(tasks[0]!["lastAttemptResult"]!.AsObject().ContainsKey("exitCode"));
        Assert.Equal((5, "EXECUTION_SUCCEEDED"), ((int)job["executionCount"]!, (string)job["latestCreatedExecution"]!["completionStatus"]!));
    }

    [Fact]
    public async Task Cancel_ARunningExecution_EndsIt()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var execution = "v2/" + (await simulator.PostAsync(Export + ":run", "{}")).Json["metadata"]!["name"];

        var cancelled = await simulator.PostAsync(execution + ":cancel", "{}");
        var again = await simulator.PostAsync(execution + ":cancel", "{}");
        simulator.FinishOperations();
        var ended = (await simulator.GetAsync(execution)).Json;

        Assert.Equal((200, "FAILED_PRECONDITION"), (cancelled.Status, again.Code));
        Assert.Equal(4, (int)ended["cancelledCount"]!);
        Assert.Equal("CANCELLED", (string)ended["conditions"]![0]!["executionReason"]!);
    }

    [Fact]
    public async Task Executions_OfInvoiceRun_OneFailed()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var executions = (await simulator.GetAsync(SimulatorUnderTest.America + "/jobs/invoice-run/executions")).Json["executions"]!.AsArray();

        var failed = Assert.Single(executions, static e => e!.AsObject().ContainsKey("failedCount"))!;
        Assert.Equal("NON_ZERO_EXIT_CODE", (string)failed["conditions"]![0]!["executionReason"]!);
        Assert.False(failed.AsObject().ContainsKey("terminalCondition"));
        Assert.Equal(0, (int)failed["template"]!["maxRetries"]!);
    }

    [Fact]
    public async Task Patch_AJob_ReplacesItWhole()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.PatchAsync(Export, """{"template":{"template":{"containers":[{"image":"img"}]}}}""");
        var withMask = await simulator.PatchAsync(Export + "?updateMask=labels", "{}");
        var job = (await simulator.GetAsync(Export)).Json;

        Assert.Equal((200, 400), (answer.Status, withMask.Status));
        Assert.False(job.ContainsKey("labels"));
        Assert.Equal((1, 3), ((int)job["template"]!["taskCount"]!, (int)job["template"]!["template"]!["maxRetries"]!));
        Assert.Equal(4, (int)job["executionCount"]!);
    }

    [Fact]
    public async Task WorkerPool_ManualCountZero_IsSentBack()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        const string pool = SimulatorUnderTest.Europe + "/workerPools/queue-worker";

        await simulator.PatchAsync(pool + "?updateMask=scaling.manualInstanceCount", """{"scaling":{"manualInstanceCount":0}}""");
        simulator.FinishOperations();
        var after = (await simulator.GetAsync(pool)).Json;

        Assert.Equal(0, (int)after["scaling"]!["manualInstanceCount"]!);
        Assert.DoesNotContain("cpuIdle", after.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkerPool_ForceNewRevision_MakesOneOfTheSameTemplate()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        const string pool = SimulatorUnderTest.Europe + "/workerPools/queue-worker";

        await simulator.RewriteAsync(pool, static _ => { }, "?forceNewRevision=true");
        simulator.FinishOperations();

        Assert.Equal(4, (await simulator.GetAsync(pool + "/revisions")).Names("revisions").Count);
    }
}
