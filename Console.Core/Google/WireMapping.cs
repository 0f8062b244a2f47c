using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google.Wire;
using OpsConsole.Core.ProtoJson;

namespace OpsConsole.Core.Google;

/// <summary>Wire objects to the domain. Absent means default; an unknown enum value means Unspecified.</summary>
internal static class WireMapping
{
    private static readonly IReadOnlyDictionary<string, string> NoPairs = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Null when the name is not that of a resource: such an item cannot be shown or addressed.</summary>
    public static Service? ToService(ServiceWire wire, string rawJson) =>
        ResourceName.TryParse(wire.Name, out var name)
            ? new Service
            {
                Name = name,
                Description = wire.Description ?? "",
                Uid = wire.Uid ?? "",
                Generation = wire.Generation,
                ObservedGeneration = wire.ObservedGeneration,
                Labels = wire.Labels ?? NoPairs,
                Annotations = wire.Annotations ?? NoPairs,
                CreateTime = ProtoTimestamp.ParseOrNull(wire.CreateTime),
                UpdateTime = ProtoTimestamp.ParseOrNull(wire.UpdateTime),
                DeleteTime = ProtoTimestamp.ParseOrNull(wire.DeleteTime),
                Creator = wire.Creator ?? "",
                LastModifier = wire.LastModifier ?? "",
                Client = wire.Client ?? "",
                Ingress = wire.Ingress ?? "",
                LaunchStage = wire.LaunchStage ?? "",
                Template = ToTemplate(wire.Template, alwaysHasCpu: false),
                Traffic = Map(wire.Traffic, ToTraffic),
                TrafficStatuses = Map(wire.TrafficStatuses, ToTraffic),
                Scaling = ToScaling(wire.Scaling),
                TerminalCondition = ToCondition(wire.TerminalCondition),
                Conditions = ToConditions(wire.Conditions),
                LatestReadyRevision = ResourceName.ShortName(wire.LatestReadyRevision ?? ""),
                LatestCreatedRevision = ResourceName.ShortName(wire.LatestCreatedRevision ?? ""),
                Uri = wire.Uri ?? "",
                Reconciling = wire.Reconciling,
                Etag = wire.Etag ?? "",
                RawJson = rawJson,
            }
            : null;

    public static WorkerPool? ToWorkerPool(WorkerPoolWire wire, string rawJson) =>
        ResourceName.TryParse(wire.Name, out var name)
            ? new WorkerPool
            {
                Name = name,
                CreateTime = ProtoTimestamp.ParseOrNull(wire.CreateTime),
                UpdateTime = ProtoTimestamp.ParseOrNull(wire.UpdateTime),
                LastModifier = wire.LastModifier ?? "",
                Labels = wire.Labels ?? NoPairs,
                ManualInstanceCount = wire.Scaling?.ManualInstanceCount,
                Template = ToTemplate(wire.Template, alwaysHasCpu: true),
                TerminalCondition = ToCondition(wire.TerminalCondition),
                Conditions = ToConditions(wire.Conditions),
                LatestReadyRevision = ResourceName.ShortName(wire.LatestReadyRevision ?? ""),
                LatestCreatedRevision = ResourceName.ShortName(wire.LatestCreatedRevision ?? ""),
                Reconciling = wire.Reconciling,
                Etag = wire.Etag ?? "",
                RawJson = rawJson,
            }
            : null;

    public static Revision? ToRevision(RevisionWire wire, string rawJson)
    {
        if (!ResourceName.TryParse(wire.Name, out var name))
        {
            return null;
        }

        // The field "service" is not trusted for the parent: what it holds for worker pools is not documented.
        var template = ToTemplate(wire, alwaysHasCpu: name.ParentCollection != "services");
        return new Revision
        {
            Name = name,
            Uid = wire.Uid ?? "",
            Generation = wire.Generation,
            CreateTime = ProtoTimestamp.ParseOrNull(wire.CreateTime),
            UpdateTime = ProtoTimestamp.ParseOrNull(wire.UpdateTime),
            DeleteTime = ProtoTimestamp.ParseOrNull(wire.DeleteTime),
            Creator = wire.Creator ?? "",
            Reconciling = wire.Reconciling,
            Conditions = ToConditions(wire.Conditions),
            DesiredMinInstanceCount = wire.ScalingStatus?.DesiredMinInstanceCount ?? 0,
            LogUri = wire.LogUri ?? "",
            Etag = wire.Etag ?? "",
            RawJson = rawJson,
            Labels = template.Labels,
            Annotations = template.Annotations,
            Scaling = template.Scaling,
            Timeout = template.Timeout,
            ServiceAccount = template.ServiceAccount,
            Containers = template.Containers,
            Volumes = template.Volumes,
            ExecutionEnvironment = template.ExecutionEnvironment,
            MaxInstanceRequestConcurrency = template.MaxInstanceRequestConcurrency,
            SessionAffinity = template.SessionAffinity,
            VpcAccess = template.VpcAccess,
            Accelerator = template.Accelerator,
        };
    }

    public static Job? ToJob(JobWire wire, string rawJson) =>
        ResourceName.TryParse(wire.Name, out var name)
            ? new Job
            {
                Name = name,
                CreateTime = ProtoTimestamp.ParseOrNull(wire.CreateTime),
                UpdateTime = ProtoTimestamp.ParseOrNull(wire.UpdateTime),
                LastModifier = wire.LastModifier ?? "",
                Labels = wire.Labels ?? NoPairs,
                TaskCount = wire.Template?.TaskCount ?? 1,
                Parallelism = wire.Template?.Parallelism ?? 0,
                MaxRetries = wire.Template?.Template?.MaxRetries ?? 3,
                Timeout = ToDuration(wire.Template?.Template?.Timeout, 600),
                Containers = Map(wire.Template?.Template?.Containers, static c => ToContainer(c, alwaysHasCpu: true)),
                ServiceAccount = wire.Template?.Template?.ServiceAccount ?? "",
                ExecutionCount = wire.ExecutionCount,
                LatestCreatedExecution = wire.LatestCreatedExecution is { } latest
                    ? new ExecutionReference
                    {
                        Name = ResourceName.ShortName(latest.Name ?? ""),
                        CreateTime = ProtoTimestamp.ParseOrNull(latest.CreateTime),
                        CompletionTime = ProtoTimestamp.ParseOrNull(latest.CompletionTime),
                        CompletionStatus = latest.CompletionStatus ?? "",
                    }
                    : null,
                TerminalCondition = ToCondition(wire.TerminalCondition),
                Conditions = ToConditions(wire.Conditions),
                Reconciling = wire.Reconciling,
                Etag = wire.Etag ?? "",
                RawJson = rawJson,
            }
            : null;

    public static Execution? ToExecution(ExecutionWire wire, string rawJson) =>
        ResourceName.TryParse(wire.Name, out var name)
            ? new Execution
            {
                Name = name,
                CreateTime = ProtoTimestamp.ParseOrNull(wire.CreateTime),
                StartTime = ProtoTimestamp.ParseOrNull(wire.StartTime),
                CompletionTime = ProtoTimestamp.ParseOrNull(wire.CompletionTime),
                TaskCount = wire.TaskCount,
                Parallelism = wire.Parallelism,
                RunningCount = wire.RunningCount,
                SucceededCount = wire.SucceededCount,
                FailedCount = wire.FailedCount,
                CancelledCount = wire.CancelledCount,
                RetriedCount = wire.RetriedCount,
                Conditions = ToConditions(wire.Conditions),
                Reconciling = wire.Reconciling,
                LogUri = wire.LogUri ?? "",
                RawJson = rawJson,
            }
            : null;

    private static RevisionTemplate ToTemplate(ITemplateWire? wire, bool alwaysHasCpu) =>
        wire is null
            ? new RevisionTemplate()
            : new RevisionTemplate
            {
                Revision = ResourceName.ShortName(wire.Revision ?? ""),
                Labels = wire.Labels ?? NoPairs,
                Annotations = wire.Annotations ?? NoPairs,
                Scaling = new RevisionScaling
                {
                    MinInstanceCount = wire.Scaling?.MinInstanceCount ?? 0,
                    MaxInstanceCount = wire.Scaling?.MaxInstanceCount ?? 0,
                },
                Timeout = ToDuration(wire.Timeout, 300),
                ServiceAccount = wire.ServiceAccount ?? "",
                Containers = Map(wire.Containers, c => ToContainer(c, alwaysHasCpu)),
                Volumes = Map(wire.Volumes, Describe),
                ExecutionEnvironment = wire.ExecutionEnvironment switch
                {
                    "EXECUTION_ENVIRONMENT_GEN1" => ExecutionEnvironment.Gen1,
                    "EXECUTION_ENVIRONMENT_GEN2" => ExecutionEnvironment.Gen2,
                    _ => ExecutionEnvironment.Unspecified,
                },
                MaxInstanceRequestConcurrency = wire.MaxInstanceRequestConcurrency,
                SessionAffinity = wire.SessionAffinity,
                VpcAccess = Describe(wire.VpcAccess),
                Accelerator = wire.NodeSelector?.Accelerator ?? "",
            };

    /// <param name="wire">The container.</param>
    /// <param name="alwaysHasCpu">Jobs and worker pools: cpuIdle means nothing there.</param>
    private static Container ToContainer(ContainerWire wire, bool alwaysHasCpu) => new()
    {
        Name = wire.Name ?? "",
        Image = wire.Image ?? "",
        Command = wire.Command ?? [],
        Args = wire.Args ?? [],
        Env = Map(wire.Env, static e => new EnvVar
        {
            Name = e.Name ?? "",
            Value = e.Value ?? "",
            Secret = ResourceName.ShortName(e.ValueSource?.SecretKeyRef?.Secret ?? ""),
            SecretVersion = e.ValueSource?.SecretKeyRef?.Version ?? "",
        }),
        Resources = wire.Resources is { } resources
            ? new ResourceRequirements
            {
                Limits = resources.Limits ?? NoPairs,
                CpuIdle = resources.CpuIdle && !alwaysHasCpu,
                StartupCpuBoost = resources.StartupCpuBoost,
            }
            : alwaysHasCpu ? new ResourceRequirements() : null,
        Ports = Map(wire.Ports, static p => new ContainerPort { Name = p.Name ?? "", ContainerPortNumber = p.ContainerPort }),
        StartupProbe = ToProbe(wire.StartupProbe),
        LivenessProbe = ToProbe(wire.LivenessProbe),
        ReadinessProbe = ToProbe(wire.ReadinessProbe),
        DependsOn = wire.DependsOn ?? [],
    };

    private static Probe? ToProbe(ProbeWire? wire) =>
        wire is null
            ? null
            : new Probe
            {
                InitialDelaySeconds = wire.InitialDelaySeconds,
                TimeoutSeconds = wire.TimeoutSeconds ?? 1,
                PeriodSeconds = wire.PeriodSeconds ?? 10,
                FailureThreshold = wire.FailureThreshold ?? 3,
                Check = wire switch
                {
                    { HttpGet: { } http } => $"httpGet {(string.IsNullOrEmpty(http.Path) ? "/" : http.Path)}{Port(http.Port)}",
                    { TcpSocket: { } tcp } => $"tcpSocket{Port(tcp.Port)}",
                    { Grpc: { } grpc } => $"grpc{Port(grpc.Port)}{(string.IsNullOrEmpty(grpc.Service) ? "" : $" {grpc.Service}")}",
                    _ => "",
                },
            };

    private static string Port(int port) => port == 0 ? "" : $" :{port}";

    private static TrafficTarget ToTraffic(TrafficWire wire) => new()
    {
        Type = wire.Type switch
        {
            "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" => TrafficTargetAllocationType.Latest,
            "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION" => TrafficTargetAllocationType.Revision,
            _ => TrafficTargetAllocationType.Unspecified,
        },
        Revision = ResourceName.ShortName(wire.Revision ?? ""),
        Percent = wire.Percent,
        Tag = wire.Tag ?? "",
        Uri = wire.Uri ?? "",
    };

    private static ServiceScaling ToScaling(ServiceScalingWire? wire) => new()
    {
        MinInstanceCount = wire?.MinInstanceCount ?? 0,
        MaxInstanceCount = wire?.MaxInstanceCount ?? 0,
        ScalingMode = wire?.ScalingMode == "MANUAL" ? ScalingMode.Manual : ScalingMode.Automatic,
        ManualInstanceCount = wire?.ManualInstanceCount,
    };

    private static IReadOnlyList<Condition> ToConditions(List<ConditionWire>? wires) => Map(wires, static w => ToCondition(w)!);

    private static Condition? ToCondition(ConditionWire? wire) =>
        wire is null
            ? null
            : new Condition
            {
                Type = wire.Type ?? "",
                State = wire.State switch
                {
                    "CONDITION_PENDING" => ConditionState.Pending,
                    "CONDITION_RECONCILING" => ConditionState.Reconciling,
                    "CONDITION_FAILED" => ConditionState.Failed,
                    "CONDITION_SUCCEEDED" => ConditionState.Succeeded,
                    _ => ConditionState.Unspecified,
                },
                Message = wire.Message ?? "",
                LastTransitionTime = ProtoTimestamp.ParseOrNull(wire.LastTransitionTime),
                Severity = wire.Severity ?? "",
                Reason = wire.Reason ?? "",
                RevisionReason = wire.RevisionReason ?? "",
                ExecutionReason = wire.ExecutionReason ?? "",
            };

    private static string Describe(VolumeWire wire)
    {
        var kind = wire switch
        {
            { Secret: { } secret } => $"secret {ResourceName.ShortName(secret.Secret ?? "")}",
            { CloudSqlInstance: { } sql } => $"Cloud SQL {string.Join(", ", sql.Instances ?? [])}",
            { EmptyDir: { } dir } => $"in memory {dir.SizeLimit}",
            { Nfs: { } nfs } => $"NFS {nfs.Server}:{nfs.Path}",
            { Gcs: { } gcs } => $"bucket {gcs.Bucket}",
            _ => "another kind",
        };
        return $"{wire.Name}: {kind.TrimEnd()}";
    }

    private static string Describe(VpcAccessWire? wire)
    {
        if (wire is null)
        {
            return "";
        }

        var way = !string.IsNullOrEmpty(wire.Connector)
            ? $"connector {ResourceName.ShortName(wire.Connector)}"
            : string.Join(", ", (wire.NetworkInterfaces ?? []).Select(static n =>
                $"network {ResourceName.ShortName(n.Network ?? "")} {ResourceName.ShortName(n.Subnetwork ?? "")}".TrimEnd()));
        var egress = wire.Egress == "ALL_TRAFFIC" ? "all traffic" : "private ranges only";
        return way.Length == 0 ? "" : $"{way}, {egress}";
    }

    private static TimeSpan ToDuration(string? text, int secondsWhenAbsent) =>
        ProtoDuration.TryParse(text, out var value) ? value : TimeSpan.FromSeconds(secondsWhenAbsent);

    private static IReadOnlyList<TOut> Map<TIn, TOut>(List<TIn>? items, Func<TIn, TOut> map) =>
        items is null ? [] : [.. items.Where(static i => i is not null).Select(map)];
}
