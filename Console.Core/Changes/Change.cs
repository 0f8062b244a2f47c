using System.Text.Json.Serialization;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes;

/// <summary>
/// Something that a person may change on a service or worker pool, or do to a job. The set is closed: each is a type in <c>Kinds</c>, and their
/// JSON (<see cref="ChangeJson"/>) stands in the audit trail, so that names in it are never reused for another meaning.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SetCpuAllocation), "cpu-allocation")]
[JsonDerivedType(typeof(SetStartupBoost), "startup-boost")]
[JsonDerivedType(typeof(SetInstanceLimits), "instance-limits")]
[JsonDerivedType(typeof(SetRevisionLimits), "revision-limits")]
[JsonDerivedType(typeof(SetConcurrency), "concurrency")]
[JsonDerivedType(typeof(SetResources), "resources")]
[JsonDerivedType(typeof(SetTimeout), "timeout")]
[JsonDerivedType(typeof(SetExecutionEnvironment), "execution-environment")]
[JsonDerivedType(typeof(SetSessionAffinity), "session-affinity")]
[JsonDerivedType(typeof(SetScalingTargets), "scaling-targets")]
[JsonDerivedType(typeof(ScaleManually), "scale-manually")]
[JsonDerivedType(typeof(ScaleAutomatically), "scale-automatically")]
[JsonDerivedType(typeof(RouteToLatest), "route-to-latest")]
[JsonDerivedType(typeof(RouteToRevision), "route-to-revision")]
[JsonDerivedType(typeof(SplitTraffic), "split-traffic")]
[JsonDerivedType(typeof(ShiftTraffic), "shift-traffic")]
[JsonDerivedType(typeof(MoveTraffic), "move-traffic")]
[JsonDerivedType(typeof(RollBack), "roll-back")]
[JsonDerivedType(typeof(RemoveTag), "remove-tag")]
[JsonDerivedType(typeof(SetPoolInstances), "pool-instances")]
[JsonDerivedType(typeof(RunJob), "run-job")]
[JsonDerivedType(typeof(CancelExecution), "cancel-execution")]
[JsonDerivedType(typeof(Several), "several")]
[JsonDerivedType(typeof(Restore), "restore")]
public abstract record Change
{
    /// <summary>What it does, as a button says it: <c>Keep CPU allocated</c>.</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>Writes the change into the resource.</summary>
    internal abstract void Edit(ServiceDocument document);

    /// <summary>What is wrong with the change itself, whatever the resulting settings; most have nothing.</summary>
    /// <param name="input">What it is planned on.</param>
    /// <param name="document">The resource before the change.</param>
    internal virtual IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document) => [];
}
