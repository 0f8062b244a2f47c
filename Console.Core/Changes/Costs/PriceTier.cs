namespace OpsConsole.Core.Changes.Costs;

/// <summary>
/// US dollar rates of a group of regions, without committed use and before the free tier
/// (https://cloud.google.com/run/pricing, as of October 2026). Seconds are seconds of one vCPU or one GiB.
/// </summary>
/// <param name="RequestCpu">Active vCPU-second, request-based.</param>
/// <param name="RequestMemory">Active GiB-second, request-based.</param>
/// <param name="IdleCpu">vCPU-second of an idle minimum instance, request-based.</param>
/// <param name="IdleMemory">GiB-second of an idle minimum instance, request-based.</param>
/// <param name="InstanceCpu">vCPU-second, instance-based.</param>
/// <param name="InstanceMemory">GiB-second, instance-based.</param>
/// <param name="MillionRequests">A million requests, request-based.</param>
public sealed record PriceTier(
    decimal RequestCpu, decimal RequestMemory, decimal IdleCpu, decimal IdleMemory, decimal InstanceCpu, decimal InstanceMemory, decimal MillionRequests)
{
    private static readonly PriceTier Tier1 = new(0.000024m, 0.0000025m, 0.0000025m, 0.0000025m, 0.000018m, 0.000002m, 0.40m);
    private static readonly PriceTier Tier2 = new(0.0000336m, 0.0000035m, 0.0000035m, 0.0000035m, 0.0000216m, 0.0000024m, 0.40m);

    private static readonly HashSet<string> Regions1 = new(StringComparer.Ordinal)
    {
        "asia-east1", "asia-northeast1", "asia-northeast2", "asia-south1", "europe-north1", "europe-north2", "europe-southwest1", "europe-west1",
        "europe-west4", "europe-west8", "europe-west9", "me-west1", "northamerica-south1", "us-central1", "us-east1", "us-east4", "us-east5", "us-south1", "us-west1",
    };

    private static readonly HashSet<string> Regions2 = new(StringComparer.Ordinal)
    {
        "africa-south1", "asia-east2", "asia-northeast3", "asia-south2", "asia-southeast1", "asia-southeast2", "asia-southeast3", "australia-southeast1",
        "australia-southeast2", "europe-central2", "europe-west10", "europe-west12", "europe-west2", "europe-west3", "europe-west6", "me-central1", "me-central2",
        "northamerica-northeast1", "northamerica-northeast2", "southamerica-east1", "southamerica-west1", "us-west2", "us-west3", "us-west4",
    };

    /// <summary>The rates of a region; null for one that this version does not know.</summary>
    public static PriceTier? Of(string region) => Regions1.Contains(region) ? Tier1 : Regions2.Contains(region) ? Tier2 : null;
}
