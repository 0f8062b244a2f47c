namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>What differs between the two resources that have revisions.</summary>
/// <param name="Collection">The segment of its names.</param>
/// <param name="Message">Its message type.</param>
/// <param name="SplitKey">The field that says which revision shall serve.</param>
/// <param name="StatusKey">The field that says which revision serves now.</param>
/// <param name="TypePrefix">The first part of the split's enum values.</param>
/// <param name="Kind">As messages spell it.</param>
internal sealed record ParentKind(string Collection, string Message, string SplitKey, string StatusKey, string TypePrefix, string Kind)
{
    public static ParentKind Service { get; } =
        new("services", "Service", "traffic", "trafficStatuses", "TRAFFIC_TARGET_ALLOCATION_TYPE", "SERVICE");

    public static ParentKind WorkerPool { get; } =
        new("workerPools", "WorkerPool", "instanceSplits", "instanceSplitStatuses", "INSTANCE_SPLIT_ALLOCATION_TYPE", "WORKERPOOL");

    public string Latest => TypePrefix + "_LATEST";

    public string ByRevision => TypePrefix + "_REVISION";

    public bool IsService => this == Service;
}
