using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

public sealed class CloudRunClientShapesTests
{
    private static readonly ResourceName Checkout = ResourceName.Service("acme", "europe-west1", "checkout");

    [Fact]
    public async Task GetService_RealShape_ReadsAllFields()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout.Value, ScriptedAnswer.Json(RealShapes.RequestBasedService));

        var service = (await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None)).Value!;

        Assert.Equal(Checkout, service.Name);
        Assert.Equal(2, service.Generation);
        Assert.Equal(2, service.ObservedGeneration);
        Assert.Equal("shop", service.Labels["team"]);
        Assert.Equal(new DateTimeOffset(2026, 6, 13, 21, 23, 5, 883, TimeSpan.Zero).AddMicroseconds(496), service.UpdateTime);
        Assert.Equal("grace@example.com", service.LastModifier);
        Assert.Equal("checkout-00002-ruh", service.Template.Revision);
        Assert.Equal(TimeSpan.FromSeconds(60), service.Template.Timeout);
        Assert.Equal(80, service.Template.MaxInstanceRequestConcurrency);
        Assert.Equal(100, service.Template.Scaling.MaxInstanceCount);
        Assert.Equal(0, service.Template.Scaling.MinInstanceCount);
        Assert.Equal(BillingMode.RequestBased, service.Template.BillingMode);
        Assert.True(service.Template.StartupCpuBoost);
        var container = Assert.Single(service.Template.Containers);
        Assert.Equal("512Mi", container.Resources!.Limits["memory"]);
        Assert.Equal(("db-password", "latest", ""), (container.Env[1].Secret, container.Env[1].SecretVersion, container.Env[1].Value));
        Assert.Equal(("tcpSocket :8080", 240, 1), (container.StartupProbe!.Check, container.StartupProbe.PeriodSeconds, container.StartupProbe.FailureThreshold));
        Assert.Equal("checkout-00002-ruh", service.LatestReadyRevision);
        Assert.Equal(ServiceState.Ready, service.State);
        Assert.False(service.Reconciling);
        Assert.Equal("\"CLmtssIGEMCopKUD/cHJvamVjdHMvYWNtZQ\"", service.Etag);
    }

    [Fact]
    public async Task GetService_RealShape_KeepsTheJsonByteForByte()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout.Value, ScriptedAnswer.Json(RealShapes.RequestBasedService));

        var service = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Equal(RealShapes.RequestBasedService, service.Value!.RawJson);
    }

    [Fact]
    public async Task ListServices_RealShape_KeepsTheJsonOfEachByteForByte()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(
            Bench.EveryRegion,
            ScriptedAnswer.Json($$"""{"services": [ {{RealShapes.RequestBasedService}} , {{RealShapes.PinnedInstanceBasedService}} ] }"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Equal([RealShapes.RequestBasedService, RealShapes.PinnedInstanceBasedService], fleet.Items.Select(static s => s.RawJson));
        Assert.Empty(fleet.Failures);
    }

    [Fact]
    public async Task ListServices_LatestTarget_ResolvesTheRevisionThroughLatestReady()
    {
        var service = await ReadAsync(RealShapes.RequestBasedService);

        Assert.Equal("", Assert.Single(service.TrafficStatuses).Revision);
        Assert.Equal([("checkout-00002-ruh", 100)], service.Serving);
        Assert.False(service.TrafficPinned);
    }

    [Fact]
    public async Task ListServices_CpuIdleAbsent_IsInstanceBased()
    {
        var service = await ReadAsync(RealShapes.PinnedInstanceBasedService);

        // The sidecar in front says cpuIdle; the container with the port does not.
        Assert.Equal("app", service.Template.IngressContainer!.Name);
        Assert.Equal(BillingMode.InstanceBased, service.Template.BillingMode);
        Assert.True(service.Template.StartupCpuBoost);
        Assert.Equal(ExecutionEnvironment.Gen2, service.Template.ExecutionEnvironment);
    }

    [Fact]
    public async Task ListServices_ResourcesAbsent_IsTheDocumentedDefaultRequestBased()
    {
        var service = await ReadAsync(
            """{"name":"projects/acme/locations/us-central1/services/a","template":{"containers":[{"image":"a:1","ports":[{"containerPort":8080}]}]}}""");

        Assert.Null(service.Template.IngressContainer!.Resources);
        Assert.Equal(BillingMode.RequestBased, service.Template.BillingMode);
    }

    [Fact]
    public async Task ListServices_Pinned_KeepsShortNamesAndSaysThatNewRevisionsGetNothing()
    {
        var service = await ReadAsync(RealShapes.PinnedInstanceBasedService);

        Assert.True(service.TrafficPinned);
        Assert.Equal([("ledger-00005-abc", 90), ("ledger-00006-def", 10)], service.Serving);
        Assert.Equal(("ledger-00006-def", "ledger-00007-ghi"), (service.LatestReadyRevision, service.LatestCreatedRevision));
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal("HEALTH_CHECK_CONTAINER_ERROR", service.TerminalCondition!.RevisionReason);
        Assert.Equal((3, 10), (service.Scaling.MinInstanceCount, service.Scaling.MaxInstanceCount));
        Assert.Equal((1, 20), (service.Template.Scaling.MinInstanceCount, service.Template.Scaling.MaxInstanceCount));
    }

    [Fact]
    public async Task ListServices_ManualScalingWithZero_IsDisabledAlthoughReady()
    {
        var service = await ReadAsync(RealShapes.SwitchedOffService);

        Assert.Equal((ScalingMode.Manual, 0), (service.Scaling.ScalingMode, service.Scaling.ManualInstanceCount));
        Assert.Equal(ServiceState.Disabled, service.State);
    }

    [Fact]
    public async Task ListServices_OnlyAName_IsAllDefaults()
    {
        var service = await ReadAsync("""{"name":"projects/acme/locations/us-central1/services/a"}""");

        Assert.Equal(ServiceState.Unknown, service.State);
        Assert.Null(service.Scaling.ManualInstanceCount);
        Assert.Null(service.CreateTime);
        Assert.Empty(service.Template.Containers);
        Assert.Equal(TimeSpan.FromSeconds(300), service.Template.Timeout);
        Assert.Equal("", service.LatestReadyRevision);
    }

    [Fact]
    public async Task ListServices_UnknownEnumValuesAndKeys_AreUnspecifiedAndIgnored()
    {
        var service = await ReadAsync("""
            {"name":"projects/acme/locations/us-central1/services/a","newKey":{"deep":[1,2,{"x":null}]},
             "template":{"executionEnvironment":"EXECUTION_ENVIRONMENT_GEN9","overflowScaling":{},"containers":null},
             "traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_MOON","percent":100}],
             "terminalCondition":{"type":"Ready","state":"CONDITION_MOON"}}
            """);

        Assert.Equal(ExecutionEnvironment.Unspecified, service.Template.ExecutionEnvironment);
        Assert.Equal(TrafficTargetAllocationType.Unspecified, service.Traffic[0].Type);
        Assert.Equal(ConditionState.Unspecified, service.TerminalCondition!.State);
        Assert.Equal(ServiceState.Unknown, service.State);
    }

    [Fact]
    public async Task ListServices_EmptyListWithoutKey_IsEmptyAndNoFailure()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Bench.EveryRegion, ScriptedAnswer.Json("{}"));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Empty(fleet.Items);
        Assert.Empty(fleet.Failures);
    }

    [Fact]
    public async Task ListServices_OneUnreadableItem_KeepsTheOthersAndSaysSo()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(
            Bench.EveryRegion,
            ScriptedAnswer.Json($$"""{"services":[{"name":"projects/acme/locations/l/services/a","generation":{"not":"a number"} },{{RealShapes.RequestBasedService}},{"name":"nonsense"}]}"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Equal("checkout", Assert.Single(fleet.Items).Name.Id);
        Assert.Contains("2 of its services could not be read", Assert.Single(fleet.Failures).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListRevisions_RealShape_ReadsSettingsConditionsAndNanoseconds()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On($"/v2/{Checkout}/revisions", ScriptedAnswer.Json($$"""{"revisions":[{{RealShapes.Revision}}]}"""));

        var revision = Assert.Single((await bench.CloudRun.ListRevisionsAsync(Checkout, CancellationToken.None)).Items);

        Assert.Equal(("checkout", "checkout-00002-ruh"), (revision.Name.Parent, revision.Name.Id));
        Assert.Equal(new DateTimeOffset(2026, 6, 13, 21, 23, 5, TimeSpan.Zero).AddTicks(8834961), revision.CreateTime);
        Assert.Equal(ConditionState.Succeeded, revision.Ready!.State);
        Assert.Equal(1, revision.DesiredMinInstanceCount);
        Assert.Equal(BillingMode.RequestBased, revision.BillingMode);
        Assert.Equal(RealShapes.Revision, revision.RawJson);
    }

    [Fact]
    public async Task ListRevisionsOfRegion_AsksWithTheServiceWildcard()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/projects/acme/locations/europe-west1/services/-/revisions", ScriptedAnswer.Json($$"""{"revisions":[{{RealShapes.Revision}}]}"""));

        var fleet = await bench.CloudRun.ListRevisionsOfRegionAsync("acme", "europe-west1", CancellationToken.None);

        Assert.Equal("checkout", Assert.Single(fleet.Items).Name.Parent);
    }

    [Fact]
    public async Task ListRevisions_OfAWorkerPool_TakesTheParentFromTheNameAndAlwaysHasCpu()
    {
        await using var bench = await Bench.StartAsync();
        var pool = ResourceName.Parse("projects/acme/locations/us-central1/workerPools/outbox");
        bench.Google.On($"/v2/{pool}/revisions", ScriptedAnswer.Json($$"""
            {"revisions":[{"name":"{{pool}}/revisions/outbox-00001-aaa","service":"something-else",
             "containers":[{"image":"outbox:1","resources":{"limits":{"cpu":"1","memory":"512Mi"},"cpuIdle":true} }]},
             {"name":"{{pool}}/revisions/outbox-00000-aaa","containers":[{"image":"outbox:1"}]}]}
            """));

        var revisions = (await bench.CloudRun.ListRevisionsAsync(pool, CancellationToken.None)).Items;

        Assert.All(revisions, static r => Assert.Equal(("outbox", "workerPools"), (r.Name.Parent, r.Name.ParentCollection)));
        Assert.All(revisions, static r => Assert.Equal(BillingMode.InstanceBased, r.BillingMode));
    }

    [Fact]
    public async Task ListJobs_DoubleTemplateAndExplicitZeroRetries_AreRead()
    {
        await using var bench = await Bench.StartAsync();
        bench.WithRegions("us-central1").Google.On("/v2/projects/acme/locations/us-central1/jobs", ScriptedAnswer.Json("""
            {"jobs":[
              {"name":"projects/acme/locations/us-central1/jobs/nightly","template":{"taskCount":10,"parallelism":2,"template":{"maxRetries":0,"timeout":"3600s","containers":[{"image":"nightly:1","resources":{"limits":{"cpu":"2"}}}]}},
               "executionCount":41,"latestCreatedExecution":{"name":"nightly-x7k2p","createTime":"2026-11-21T01:00:00Z","completionStatus":"EXECUTION_SUCCEEDED"}},
              {"name":"projects/acme/locations/us-central1/jobs/bare"}]}
            """));

        var jobs = (await bench.CloudRun.ListJobsAsync("acme", CancellationToken.None)).Items;

        Assert.Equal((10, 2, 0, 3600d), (jobs[0].TaskCount, jobs[0].Parallelism, jobs[0].MaxRetries, jobs[0].Timeout.TotalSeconds));
        Assert.Equal(("nightly-x7k2p", "EXECUTION_SUCCEEDED", 41), (jobs[0].LatestCreatedExecution!.Name, jobs[0].LatestCreatedExecution!.CompletionStatus, jobs[0].ExecutionCount));
        Assert.Equal((1, 0, 3, 600d), (jobs[1].TaskCount, jobs[1].Parallelism, jobs[1].MaxRetries, jobs[1].Timeout.TotalSeconds));
    }

    [Fact]
    public async Task ListExecutions_Counts_AreReadAndAbsentIsZero()
    {
        await using var bench = await Bench.StartAsync();
        var job = ResourceName.Parse("projects/acme/locations/us-central1/jobs/nightly");
        bench.Google.On($"/v2/{job}/executions", ScriptedAnswer.Json($$"""
            {"executions":[{"name":"{{job}}/executions/nightly-x7k2p","taskCount":10,"succeededCount":9,"failedCount":1,"completionTime":"2026-11-21T01:10:00Z",
             "conditions":[{"type":"Completed","state":"CONDITION_FAILED","executionReason":"NON_ZERO_EXIT_CODE"}]}]}
            """));

        var execution = Assert.Single((await bench.CloudRun.ListExecutionsAsync(job, CancellationToken.None)).Items);

        Assert.Equal((10, 9, 1, 0), (execution.TaskCount, execution.SucceededCount, execution.FailedCount, execution.RunningCount));
        Assert.Equal("NON_ZERO_EXIT_CODE", execution.Conditions[0].ExecutionReason);
    }

    [Theory]
    [InlineData("""{"manualInstanceCount":0}""", 0)]
    [InlineData("""{"manualInstanceCount":4}""", 4)]
    [InlineData("{}", null)]
    public async Task ListWorkerPools_ManualInstanceCount_DiffersFromAbsent(string scaling, int? expected)
    {
        await using var bench = await Bench.StartAsync();
        bench.WithRegions("us-central1").Google.On(
            "/v2/projects/acme/locations/us-central1/workerPools",
            ScriptedAnswer.Json($$"""{"workerPools":[{"name":"projects/acme/locations/us-central1/workerPools/outbox","scaling":{{scaling}}}]}"""));

        var pool = Assert.Single((await bench.CloudRun.ListWorkerPoolsAsync("acme", CancellationToken.None)).Items);

        Assert.Equal(expected, pool.ManualInstanceCount);
    }

    private static async Task<Service> ReadAsync(string json)
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Bench.EveryRegion, ScriptedAnswer.Json($$"""{"services":[{{json}}]}"""));
        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);
        Assert.Empty(fleet.Failures);
        return Assert.Single(fleet.Items);
    }
}
