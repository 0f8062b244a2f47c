using System.Globalization;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>The sentences of a plan: when, who serves afterwards, what restarts.</summary>
internal sealed class PlanEffects(
    PlanInput input, Change change, ServiceDocument before, ServiceDocument after, IReadOnlyList<SettingChange> settings, bool newRevision)
{
    private bool IsPool => input.Resource.Collection == "workerPools";

    private string Ready => ResourceName.ShortName(ServiceDocument.Text(before.Root, "latestReadyRevision"));

    public string Timing() =>
        newRevision ? "A new revision is made; the change takes effect when it is ready."
        : settings.Any(static s => s.Path == "traffic") ? "Takes effect at once; no new revision is needed."
        : IsPool ? "Takes effect at once."

        // Google's pages contradict each other: the outcome tells what was seen.
        : "Takes effect at once. Google's documents disagree on whether this also makes a new revision; the outcome will say what was seen.";

    public string Traffic()
    {
        if (IsPool)
        {
            return "A worker pool takes no requests.";
        }

        var routed = settings.Any(static s => s.Path == "traffic");
        var words = TrafficList.Words(after.Root["traffic"]);
        if (!newRevision)
        {
            return change is MoveTraffic move ? $"First: {words}. {move.Rest}" : routed ? $"Afterwards: {words}." : "Stays as it is.";
        }

        var serving = Ready.Length > 0 ? $" Until then {Ready} goes on serving." : "";
        return after.LatestPercent switch
        {
            >= 100 => $"All traffic goes to the new revision once it is ready.{serving}",
            > 0 and var percent => string.Create(CultureInfo.InvariantCulture, $"The new revision gets {percent} % once it is ready. Wanted: {words}."),
            _ => $"The new revision serves nothing: traffic is pinned ({words}).",
        };
    }

    public string Restarts()
    {
        if (newRevision)
        {
            return after.LatestPercent > 0
                ? "New instances start. Those of the old revision finish their requests and stop; what still runs in them after a response may be lost."
                : "Nothing that serves restarts.";
        }

        var (old, now) = (Costs.InstanceSize.Of(before), Costs.InstanceSize.Of(after));
        return change is RouteToLatest or RouteToRevision or SplitTraffic or RollBack or ShiftTraffic or MoveTraffic
                ? "No instance restarts; where traffic goes to, instances start as needed, the first requests may wait for that."
            : after.IsManual && after.ManualCount == 0 ? "All instances stop. Callers get 503 until the service is scaled up again."
            : now.Kept > old.Kept ? string.Create(CultureInfo.InvariantCulture, $"Nothing restarts; {now.Kept - old.Kept} more are started and kept.")
            : now.Kept < old.Kept ? string.Create(CultureInfo.InvariantCulture, $"Nothing restarts; up to {old.Kept - now.Kept} idle ones may stop.")
            : "Nothing restarts.";
    }
}
