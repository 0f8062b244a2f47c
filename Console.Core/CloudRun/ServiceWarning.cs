namespace OpsConsole.Core.CloudRun;

/// <summary>Something about a service that a person would want to know before they are surprised by it.</summary>
/// <param name="Title">What is so, in a few words.</param>
/// <param name="Detail">What it means, and what one can do.</param>
public abstract record ServiceWarning(string Title, string Detail)
{
    /// <summary>True where callers fail now, or the last deployment failed.</summary>
    public virtual bool IsFailure => false;

    /// <summary>Manual scaling with a count of 0.</summary>
    public sealed record SwitchedOff() : ServiceWarning(
        "Manual scaling is set to 0 instances",
        "Callers get 503 \"Service is disabled\", although Cloud Run calls the service ready. Set a manual count of 1 or more, or automatic scaling.")
    {
        /// <inheritdoc />
        public override bool IsFailure => true;
    }

    /// <summary>The newest revision did not become ready.</summary>
    /// <param name="Revision">Short name.</param>
    /// <param name="Serving">Short name of the latest ready revision; empty when there is none.</param>
    /// <param name="CloudRunMessage">Cloud Run's own words; may be empty.</param>
    public sealed record LatestNotReady(string Revision, string Serving, string CloudRunMessage) : ServiceWarning(
        $"The latest revision {Revision} is not ready",
        (Serving.Length > 0 ? $"{Serving} is the latest that is. " : "No revision is ready. ")
        + (CloudRunMessage.Length > 0 ? $"Cloud Run says: {CloudRunMessage}" : "Cloud Run gives no reason."))
    {
        /// <inheritdoc />
        public override bool IsFailure => true;
    }

    /// <summary>The service's last change failed, for a reason that is not a revision's.</summary>
    /// <param name="CloudRunMessage">Cloud Run's own words; may be empty.</param>
    public sealed record NotReady(string CloudRunMessage) : ServiceWarning(
        "The last change did not succeed",
        CloudRunMessage.Length > 0 ? $"Cloud Run says: {CloudRunMessage}" : "Cloud Run gives no reason.")
    {
        /// <inheritdoc />
        public override bool IsFailure => true;
    }

    /// <summary>All traffic goes to named revisions, and the latest ready one is not among them.</summary>
    /// <param name="Serving">Short names of the revisions that serve.</param>
    /// <param name="Latest">Short name of the latest ready revision.</param>
    public sealed record TrafficOnOldRevision(IReadOnlyList<string> Serving, string Latest) : ServiceWarning(
        $"Traffic is pinned to {string.Join(", ", Serving)}; the latest ready revision {Latest} serves nothing",
        "A new deployment or a changed setting makes a revision that receives no traffic until traffic is moved to it.");

    /// <summary>All traffic goes to named revisions; the latest is among them today.</summary>
    /// <param name="Serving">Short names of the revisions that serve.</param>
    public sealed record TrafficPinned(IReadOnlyList<string> Serving) : ServiceWarning(
        $"Traffic is pinned to {string.Join(", ", Serving)}",
        "The next deployment or changed setting makes a revision that receives no traffic until traffic is moved to it.");

    /// <summary>A revision without traffic keeps instances because a tag points to it.</summary>
    /// <param name="Revision">Short name.</param>
    /// <param name="Tags">The tags.</param>
    /// <param name="Minimum">Its own minimum of instances.</param>
    public sealed record IdleMinimum(string Revision, IReadOnlyList<string> Tags, int Minimum) : ServiceWarning(
        $"{Revision} keeps {(Minimum == 1 ? "1 instance" : $"{Minimum} instances")} running without traffic",
        $"Its own minimum of {Minimum} counts while the tag {string.Join(", ", Tags)} points to it, and costs. Remove the tag, or keep the minimum at the service's level instead.");
}
