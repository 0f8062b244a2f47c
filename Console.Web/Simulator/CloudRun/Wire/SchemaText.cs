namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>The messages of google.cloud.run.v2, one a line (continued lines are indented), read by <see cref="Schema"/>.</summary>
/// <remarks>
/// Field names, types and behaviour are those of Google's published interface definitions. After the type:
/// <c>[]</c> repeated, <c>!</c> output only (ignored in requests), <c>?</c> has presence (0, false and "" are sent when set).
/// <c>json</c> is a value the interface definitions do not describe (yet), which real resources carry and clients must keep.
/// </remarks>
internal static class SchemaText
{
    public const string Value = """
        Service: name string, description string, uid string!, generation int64!, labels map, annotations map, createTime time!,
            updateTime time!, deleteTime time!, expireTime time!, creator string!, lastModifier string!, client string, clientVersion
            string, ingress IngressTraffic, launchStage LaunchStage, binaryAuthorization BinaryAuthorization, template
            RevisionTemplate, traffic TrafficTarget[], scaling ServiceScaling, invokerIamDisabled bool, defaultUriDisabled bool, urls
            string[]!, iapEnabled bool, multiRegionSettings MultiRegionSettings, customAudiences string[], observedGeneration int64!,
            terminalCondition Condition!, conditions Condition[]!, latestReadyRevision string!, latestCreatedRevision string!,
            trafficStatuses TrafficTargetStatus[]!, uri string!, satisfiesPzs bool!, threatDetectionEnabled bool!, buildConfig
            BuildConfig, reconciling bool!, etag string, overflowScaling json
        BinaryAuthorization: useDefault bool?, policy string?, breakglassJustification string
        RevisionTemplate: revision string, labels map, annotations map, scaling RevisionScaling, vpcAccess VpcAccess, timeout
            duration, serviceAccount string, containers Container[], volumes Volume[], executionEnvironment ExecutionEnvironment,
            encryptionKey string, maxInstanceRequestConcurrency int32, serviceMesh ServiceMesh, encryptionKeyRevocationAction
            EncryptionKeyRevocationAction, encryptionKeyShutdownDuration duration, sessionAffinity bool, healthCheckDisabled bool,
            nodeSelector NodeSelector, gpuZonalRedundancyDisabled bool?
        RevisionScaling: minInstanceCount int32, maxInstanceCount int32, overflowScaling json, cpuUtilization json,
            concurrencyUtilization json
        VpcAccess: connector string, egress VpcEgress, networkInterfaces NetworkInterface[]
        NetworkInterface: network string, subnetwork string, tags string[]
        Container: name string, image string, sourceCode SourceCode, command string[], args string[], env EnvVar[], resources
            ResourceRequirements, ports ContainerPort[], volumeMounts VolumeMount[], workingDir string, livenessProbe Probe,
            startupProbe Probe, readinessProbe Probe, dependsOn string[], baseImageUri string, buildInfo BuildInfo!
        SourceCode: cloudStorageSource CloudStorageSource
        CloudStorageSource: bucket string, object string, generation int64
        EnvVar: name string, value string?, valueSource EnvVarSource
        EnvVarSource: secretKeyRef SecretKeySelector
        SecretKeySelector: secret string, version string
        ResourceRequirements: limits map, cpuIdle bool, startupCpuBoost bool
        ContainerPort: name string, containerPort int32
        VolumeMount: name string, mountPath string, subPath string
        Probe: initialDelaySeconds int32, timeoutSeconds int32, periodSeconds int32, failureThreshold int32, httpGet HTTPGetAction,
            tcpSocket TCPSocketAction, grpc GRPCAction
        HTTPGetAction: path string, httpHeaders HTTPHeader[], port int32
        HTTPHeader: name string, value string
        TCPSocketAction: port int32
        GRPCAction: port int32, service string
        BuildInfo: functionTarget string!, sourceLocation string!
        Volume: name string, secret SecretVolumeSource, cloudSqlInstance CloudSqlInstance, emptyDir EmptyDirVolumeSource, nfs
            NFSVolumeSource, gcs GCSVolumeSource
        SecretVolumeSource: secret string, items VersionToPath[], defaultMode int32
        VersionToPath: path string, version string, mode int32
        CloudSqlInstance: instances string[]
        EmptyDirVolumeSource: medium Medium, sizeLimit string
        NFSVolumeSource: server string, path string, readOnly bool
        GCSVolumeSource: bucket string, readOnly bool, mountOptions string[]
        ServiceMesh: mesh string
        NodeSelector: accelerator string
        TrafficTarget: type TrafficTargetAllocationType, revision string, percent int32, tag string
        ServiceScaling: minInstanceCount int32, scalingMode ScalingMode, maxInstanceCount int32, manualInstanceCount int32?,
            overflowScaling json
        MultiRegionSettings: regions string[], multiRegionId string
        Condition: type string, state ConditionState, message string, lastTransitionTime time, severity ConditionSeverity, reason
            CommonReason!, revisionReason RevisionReason!, executionReason ExecutionReason!
        TrafficTargetStatus: type TrafficTargetAllocationType, revision string, percent int32, tag string, uri string
        BuildConfig: name string!, sourceLocation string, functionTarget string, imageUri string, baseImage string,
            enableAutomaticUpdates bool, workerPool string, environmentVariables map, serviceAccount string
        Revision: name string!, uid string!, generation int64!, labels map!, annotations map!, createTime time!, updateTime time!,
            deleteTime time!, expireTime time!, launchStage LaunchStage, service string!, scaling RevisionScaling, vpcAccess
            VpcAccess, maxInstanceRequestConcurrency int32, timeout duration, serviceAccount string, containers Container[], volumes
            Volume[], executionEnvironment ExecutionEnvironment, encryptionKey string, serviceMesh ServiceMesh,
            encryptionKeyRevocationAction EncryptionKeyRevocationAction, encryptionKeyShutdownDuration duration, reconciling bool!,
            conditions Condition[]!, observedGeneration int64!, logUri string!, satisfiesPzs bool!, sessionAffinity bool,
            scalingStatus RevisionScalingStatus!, nodeSelector NodeSelector, gpuZonalRedundancyDisabled bool!?, creator string!, etag
            string!
        RevisionScalingStatus: desiredMinInstanceCount int32
        Job: name string, uid string!, generation int64!, labels map, annotations map, createTime time!, updateTime time!, deleteTime
            time!, expireTime time!, creator string!, lastModifier string!, client string, clientVersion string, launchStage
            LaunchStage, binaryAuthorization BinaryAuthorization, template ExecutionTemplate, observedGeneration int64!,
            terminalCondition Condition!, conditions Condition[]!, executionCount int32!, latestCreatedExecution ExecutionReference!,
            reconciling bool!, satisfiesPzs bool!, startExecutionToken string, runExecutionToken string, etag string
        ExecutionTemplate: labels map, annotations map, parallelism int32, taskCount int32, template TaskTemplate
        TaskTemplate: containers Container[], volumes Volume[], maxRetries int32?, timeout duration, serviceAccount string,
            executionEnvironment ExecutionEnvironment, encryptionKey string, vpcAccess VpcAccess, nodeSelector NodeSelector,
            gpuZonalRedundancyDisabled bool?
        ExecutionReference: name string, createTime time, completionTime time, deleteTime time, completionStatus CompletionStatus
        Execution: name string!, uid string!, creator string!, generation int64!, labels map!, annotations map!, createTime time!,
            startTime time!, completionTime time!, updateTime time!, deleteTime time!, expireTime time!, launchStage LaunchStage, job
            string!, parallelism int32!, taskCount int32!, template TaskTemplate!, reconciling bool!, conditions Condition[]!,
            observedGeneration int64!, runningCount int32!, succeededCount int32!, failedCount int32!, cancelledCount int32!,
            retriedCount int32!, logUri string!, satisfiesPzs bool!, etag string!
        Task: name string!, uid string!, generation int64!, labels map!, annotations map!, createTime time!, scheduledTime time!,
            startTime time!, completionTime time!, updateTime time!, deleteTime time!, expireTime time!, job string!, execution
            string!, containers Container[], volumes Volume[], maxRetries int32?, timeout duration, serviceAccount string,
            executionEnvironment ExecutionEnvironment, reconciling bool!, conditions Condition[]!, observedGeneration int64!, index
            int32!, retried int32!, lastAttemptResult TaskAttemptResult!, encryptionKey string!, vpcAccess VpcAccess!, logUri
            string!, satisfiesPzs bool!, nodeSelector NodeSelector!, gpuZonalRedundancyDisabled bool!?, etag string!
        TaskAttemptResult: status json!, exitCode int32!, termSignal int32!
        WorkerPool: name string, description string, uid string!, generation int64!, labels map, annotations map, createTime time!,
            updateTime time!, deleteTime time!, expireTime time!, creator string!, lastModifier string!, client string, clientVersion
            string, launchStage LaunchStage, binaryAuthorization BinaryAuthorization, template WorkerPoolRevisionTemplate,
            instanceSplits InstanceSplit[], scaling WorkerPoolScaling, observedGeneration int64!, terminalCondition Condition!,
            conditions Condition[]!, latestReadyRevision string!, latestCreatedRevision string!, instanceSplitStatuses
            InstanceSplitStatus[]!, threatDetectionEnabled bool!, customAudiences string[], satisfiesPzs bool!, reconciling bool!,
            etag string
        WorkerPoolRevisionTemplate: revision string, labels map, annotations map, vpcAccess VpcAccess, serviceAccount string,
            containers Container[], volumes Volume[], encryptionKey string, serviceMesh ServiceMesh, encryptionKeyRevocationAction
            EncryptionKeyRevocationAction, encryptionKeyShutdownDuration duration, nodeSelector NodeSelector,
            gpuZonalRedundancyDisabled bool?
        InstanceSplit: type InstanceSplitAllocationType, revision string, percent int32
        WorkerPoolScaling: manualInstanceCount int32?
        InstanceSplitStatus: type InstanceSplitAllocationType, revision string, percent int32
        enum CommonReason: 0=COMMON_REASON_UNDEFINED 1=UNKNOWN 3=REVISION_FAILED 4=PROGRESS_DEADLINE_EXCEEDED 6=CONTAINER_MISSING
            7=CONTAINER_PERMISSION_DENIED 8=CONTAINER_IMAGE_UNAUTHORIZED 9=CONTAINER_IMAGE_AUTHORIZATION_CHECK_FAILED
            10=ENCRYPTION_KEY_PERMISSION_DENIED 11=ENCRYPTION_KEY_CHECK_FAILED 12=SECRETS_ACCESS_CHECK_FAILED
            13=WAITING_FOR_OPERATION 14=IMMEDIATE_RETRY 15=POSTPONED_RETRY 16=INTERNAL 17=VPC_NETWORK_NOT_FOUND
        enum CompletionStatus: 0=COMPLETION_STATUS_UNSPECIFIED 1=EXECUTION_SUCCEEDED 2=EXECUTION_FAILED 3=EXECUTION_RUNNING
            4=EXECUTION_PENDING 5=EXECUTION_CANCELLED
        enum ConditionSeverity: 0=SEVERITY_UNSPECIFIED 1=ERROR 2=WARNING 3=INFO
        enum ConditionState: 0=STATE_UNSPECIFIED 1=CONDITION_PENDING 2=CONDITION_RECONCILING 3=CONDITION_FAILED 4=CONDITION_SUCCEEDED
        enum EncryptionKeyRevocationAction: 0=ENCRYPTION_KEY_REVOCATION_ACTION_UNSPECIFIED 1=PREVENT_NEW 2=SHUTDOWN
        enum ExecutionEnvironment: 0=EXECUTION_ENVIRONMENT_UNSPECIFIED 1=EXECUTION_ENVIRONMENT_GEN1 2=EXECUTION_ENVIRONMENT_GEN2
        enum ExecutionReason: 0=EXECUTION_REASON_UNDEFINED 1=JOB_STATUS_SERVICE_POLLING_ERROR 2=NON_ZERO_EXIT_CODE 3=CANCELLED
            4=CANCELLING 5=DELETED 6=DELAYED_START_PENDING
        enum IngressTraffic: 0=INGRESS_TRAFFIC_UNSPECIFIED 1=INGRESS_TRAFFIC_ALL 2=INGRESS_TRAFFIC_INTERNAL_ONLY
            3=INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER 4=INGRESS_TRAFFIC_NONE
        enum InstanceSplitAllocationType: 0=INSTANCE_SPLIT_ALLOCATION_TYPE_UNSPECIFIED 1=INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST
            2=INSTANCE_SPLIT_ALLOCATION_TYPE_REVISION
        enum LaunchStage: 0=LAUNCH_STAGE_UNSPECIFIED 6=UNIMPLEMENTED 7=PRELAUNCH 1=EARLY_ACCESS 2=ALPHA 3=BETA 4=GA 5=DEPRECATED
        enum Medium: 0=MEDIUM_UNSPECIFIED 1=MEMORY
        enum RevisionReason: 0=REVISION_REASON_UNDEFINED 1=PENDING 2=RESERVE 3=RETIRED 4=RETIRING 5=RECREATING
            6=HEALTH_CHECK_CONTAINER_ERROR 7=CUSTOMIZED_PATH_RESPONSE_PENDING 8=MIN_INSTANCES_NOT_PROVISIONED
            9=ACTIVE_REVISION_LIMIT_REACHED 10=NO_DEPLOYMENT 11=HEALTH_CHECK_SKIPPED 12=MIN_INSTANCES_WARMING
        enum ScalingMode: 0=SCALING_MODE_UNSPECIFIED 1=AUTOMATIC 2=MANUAL
        enum TrafficTargetAllocationType: 0=TRAFFIC_TARGET_ALLOCATION_TYPE_UNSPECIFIED 1=TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST
            2=TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION
        enum VpcEgress: 0=VPC_EGRESS_UNSPECIFIED 1=ALL_TRAFFIC 2=PRIVATE_RANGES_ONLY
        """;
}
