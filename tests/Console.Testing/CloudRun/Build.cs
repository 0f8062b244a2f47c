using System.Text.Json;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Testing.CloudRun;

/// <summary>Builds services, revisions, jobs and worker pools for tests; what is not said is ordinary.</summary>
public static class Build
{
    /// <summary>The project of built resources.</summary>
    public const string Project = "acme-prod";

    /// <summary>The moment that built resources count from.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A ready service with all traffic on <c>name-00002-bbb</c>, through "latest".</summary>
    public static Service Service(
        string name = "checkout",
        string region = "europe-west1",
        string project = Project,
        BillingMode billing = BillingMode.RequestBased,
        ServiceScaling? scaling = null,
        RevisionScaling? revisionScaling = null,
        IReadOnlyList<TrafficTarget>? traffic = null,
        string? latestReady = null,
        string? latestCreated = null,
        Condition? terminal = null,
        IReadOnlyDictionary<string, string>? labels = null,
        string lastModifier = "maria.lind@acme.example",
        DateTimeOffset? updated = null)
    {
        var targets = traffic ?? [new TrafficTarget { Type = TrafficTargetAllocationType.Latest, Percent = 100 }];
        return new Service
        {
            Name = ResourceName.Service(project, region, name),
            Uri = $"https://{name}-x.a.run.app",
            Ingress = "INGRESS_TRAFFIC_ALL",
            Labels = labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Template = Template(billing, revisionScaling),
            Traffic = targets,
            TrafficStatuses = targets,
            Scaling = scaling ?? new ServiceScaling(),
            TerminalCondition = terminal ?? Ready(),
            LatestReadyRevision = latestReady ?? $"{name}-00002-bbb",
            LatestCreatedRevision = latestCreated ?? latestReady ?? $"{name}-00002-bbb",
            LastModifier = lastModifier,
            UpdateTime = updated ?? Now.AddHours(-5),
            RawJson = $$"""{"name":"projects/{{project}}/locations/{{region}}/services/{{name}}"}""",
        };
    }

    /// <summary>A ready revision of a service.</summary>
    public static Revision Revision(
        string name = "checkout-00002-bbb",
        string service = "checkout",
        string region = "europe-west1",
        BillingMode billing = BillingMode.RequestBased,
        RevisionScaling? scaling = null,
        DateTimeOffset? created = null,
        Condition? ready = null,
        IReadOnlyList<EnvVar>? env = null,
        string memory = "512Mi",
        string image = "registry.example/checkout:2",
        string creator = "maria.lind@acme.example")
    {
        var template = Template(billing, scaling, env, memory, image);
        var json = JsonSerializer.Serialize(new
        {
            name = $"projects/{Project}/locations/{region}/services/{service}/revisions/{name}",
            scaling = new { minInstanceCount = template.Scaling.MinInstanceCount, maxInstanceCount = template.Scaling.MaxInstanceCount },
            containers = new[]
            {
                new
                {
                    image,
                    env = (env ?? []).Where(static e => e.Secret.Length == 0).Select(static e => new { name = e.Name, value = e.Value }),
                    resources = new { limits = new { cpu = "1", memory }, cpuIdle = billing == BillingMode.RequestBased },
                },
            },
        });
        return new Revision
        {
            Name = ResourceName.Parse($"projects/{Project}/locations/{region}/services/{service}/revisions/{name}"),
            Containers = template.Containers,
            Scaling = template.Scaling,
            CreateTime = created ?? Now.AddDays(-2),
            Creator = creator,
            Conditions = [ready ?? Ready()],
            RawJson = json,
        };
    }

    /// <summary>A job that ran once.</summary>
    public static Job Job(string name = "nightly", string region = "europe-west1", int tasks = 1) => new()
    {
        Name = ResourceName.Parse($"projects/{Project}/locations/{region}/jobs/{name}"),
        TaskCount = tasks,
        ExecutionCount = 1,
        LatestCreatedExecution = new ExecutionReference { Name = $"{name}-abcde", CreateTime = Now.AddHours(-1), CompletionStatus = "EXECUTION_SUCCEEDED" },
        TerminalCondition = Ready(),
        UpdateTime = Now.AddDays(-1),
        LastModifier = "maria.lind@acme.example",
        RawJson = "{}",
    };

    /// <summary>An execution that ended.</summary>
    public static Execution Execution(string name = "nightly-abcde", string job = "nightly", int succeeded = 1, int failed = 0) => new()
    {
        Name = ResourceName.Parse($"projects/{Project}/locations/europe-west1/jobs/{job}/executions/{name}"),
        TaskCount = succeeded + failed,
        SucceededCount = succeeded,
        FailedCount = failed,
        StartTime = Now.AddHours(-1),
        CompletionTime = Now.AddHours(-1).AddSeconds(90),
        RawJson = "{}",
    };

    /// <summary>A worker pool with two instances.</summary>
    public static WorkerPool WorkerPool(string name = "queue-worker", string region = "europe-west1") => new()
    {
        Name = ResourceName.Parse($"projects/{Project}/locations/{region}/workerPools/{name}"),
        ManualInstanceCount = 2,
        Template = Template(BillingMode.InstanceBased, null),
        TerminalCondition = Ready(),
        LatestReadyRevision = $"{name}-00001-aaa",
        UpdateTime = Now.AddDays(-1),
        RawJson = "{}",
    };

    /// <summary>A condition that succeeded.</summary>
    public static Condition Ready() => new() { Type = "Ready", State = ConditionState.Succeeded, LastTransitionTime = Now.AddHours(-5) };

    /// <summary>A condition that failed, with Cloud Run's words.</summary>
    public static Condition Failed(string message) => new() { Type = "Ready", State = ConditionState.Failed, Message = message, LastTransitionTime = Now.AddHours(-5) };

    /// <summary>Traffic on a named revision.</summary>
    public static TrafficTarget Pinned(string revision, int percent = 100, string tag = "") =>
        new() { Type = TrafficTargetAllocationType.Revision, Revision = revision, Percent = percent, Tag = tag };

    private static RevisionTemplate Template(
        BillingMode billing, RevisionScaling? scaling, IReadOnlyList<EnvVar>? env = null, string memory = "512Mi", string image = "registry.example/checkout:2") => new()
        {
            Scaling = scaling ?? new RevisionScaling { MaxInstanceCount = 100 },
            Containers =
        [
            new Container
            {
                Image = image,
                Ports = [new ContainerPort { Name = "http1", ContainerPortNumber = 8080 }],
                Env = env ?? [],
                Resources = new ResourceRequirements
                {
                    Limits = new Dictionary<string, string>(StringComparer.Ordinal) { ["cpu"] = "1", ["memory"] = memory },
                    CpuIdle = billing == BillingMode.RequestBased,
                },
            },
        ],
        };
}
