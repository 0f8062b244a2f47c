using OpsConsole.Core.Changes;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>All that can be changed, in the order of the list.</summary>
public static class ChangeForms
{
    /// <summary>Every form.</summary>
    public static IReadOnlyList<ChangeForm> All { get; } =
    [
        new CpuAllocationForm(), new StartupBoostForm(), new ResourcesForm(),
        new InstanceLimitsForm(), new RevisionLimitsForm(), new ManualScalingForm(), new ScalingTargetsForm(), new PoolInstancesForm(),
        new ConcurrencyForm(), new TimeoutForm(), new SessionAffinityForm(), new ExecutionEnvironmentForm(),
        new TrafficSplitForm(), new GradualTrafficForm(), new RouteToRevisionForm(), new RollBackForm(), new TagsForm(),
        new RunJobForm(),
    ];

    /// <summary>By its key; null where there is none.</summary>
    public static ChangeForm? Find(string key) => All.FirstOrDefault(f => f.Key == key);

    /// <summary>The form that shows a change; null where none does.</summary>
    public static ChangeForm? Of(Change change) => All.FirstOrDefault(f => f.Is(change));
}
