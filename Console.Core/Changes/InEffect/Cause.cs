namespace OpsConsole.Core.Changes.InEffect;

/// <summary>Why what was asked for does not serve, and the one change that would make it true.</summary>
/// <param name="Because">A sentence.</param>
/// <param name="Cure">The change that mends it; null where no setting does.</param>
/// <param name="Otherwise">What to do where no change of a setting mends it; empty where one does.</param>
public abstract record Cause(string Because, Change? Cure, string Otherwise = "")
{
    /// <summary>Cloud Run has not finished with the last change.</summary>
    public sealed record UnderWay() : Cause(
        "A deployment is under way.", null, "Wait until it is done; this page shows it.");

    /// <summary>The latest revision did not become ready.</summary>
    /// <param name="Revision">Short name.</param>
    /// <param name="Said">Cloud Run's own words; may be empty.</param>
    public sealed record LatestFailed(string Revision, string Said) : Cause(
        $"The latest revision {Revision} did not become ready, so that the one before it goes on serving.{(Said.Length > 0 ? $" Cloud Run says: {Said}" : "")}",
        null,
        "Mend what Cloud Run names and deploy again, or set the value back.");

    /// <summary>A setting in preview on a service that does not say so.</summary>
    /// <param name="Stage">Launch stage of the service, as sent; empty for generally available.</param>
    public sealed record LaunchStage(string Stage) : Cause(
        $"The setting is in preview, and the service says {(Stage.Length > 0 ? Stage : "GA")}: Cloud Run refuses it.",
        null,
        "Deploy with the launch stage BETA (gcloud beta run deploy), or leave the setting out.");

    /// <summary>All traffic goes to named revisions.</summary>
    /// <param name="Revisions">Short names of those.</param>
    public sealed record TrafficPinned(IReadOnlyList<string> Revisions) : Cause(
        $"Traffic is pinned to {string.Join(", ", Revisions)}: newer revisions receive nothing.", new Kinds.RouteToLatest());

    /// <summary>The latest revision has a part of the traffic.</summary>
    /// <param name="Latest">Its percentage.</param>
    public sealed record TrafficSplit(int Latest) : Cause(
        $"Traffic is split: the latest revision has {Latest} % of it.", new Kinds.RouteToLatest());

    /// <summary>A target of the traffic names a revision that failed.</summary>
    /// <param name="Revision">Short name.</param>
    public sealed record FailedTarget(string Revision) : Cause(
        $"The traffic names {Revision}, which is not ready: Cloud Run cannot move traffic to it.", new Kinds.RouteToLatest());

    /// <summary>The service's maximum is below the revision's minimum.</summary>
    /// <param name="Minimum">Of the revision.</param>
    /// <param name="Maximum">Of the service.</param>
    public sealed record MaximumCapsMinimum(int Minimum, int Maximum) : Cause(
        $"The service's maximum of {Maximum} caps the revision's minimum of {Minimum}.", new Kinds.SetInstanceLimits(null, Minimum));

    /// <summary>The service is scaled by hand.</summary>
    public sealed record ScaledByHand() : Cause(
        "The service is scaled by hand: minimum and maximum do not count.", new Kinds.ScaleAutomatically());

    /// <summary>An old revision keeps instances because a tag points to it.</summary>
    /// <param name="Tag">The tag.</param>
    public sealed record TagKeepsWarm(string Tag) : Cause(
        $"The tag {Tag} points to it, and its own minimum counts as long as one does.", new Kinds.RemoveTag(Tag));

    /// <summary>Cloud Run has the wish and has not provided the instances yet.</summary>
    public sealed record NotProvidedYet() : Cause(
        "Cloud Run has not provided the instances yet.", null, "Wait a minute; where it stays so, look for quota messages in the log of the revision.");
}
