namespace OpsConsole.Core.CloudRun;

/// <summary>
/// What the four limits (service and revision, minimum and maximum) come to for one revision.
/// Rules of https://cloud.google.com/run/docs/configuring/min-instances: the maximum is the smaller of the two maxima;
/// the minimum is the larger of the revision's own and its share of the service's by traffic; the maximum caps the minimum;
/// what is left of fractional shares goes to the first revision listed in the traffic.
/// </summary>
/// <param name="Minimum">Instances kept.</param>
/// <param name="Maximum">Instances at most; it can be exceeded for a moment.</param>
/// <param name="Percent">Share of the traffic that the revision has now.</param>
/// <param name="Steps">The arithmetic in words, one sentence each.</param>
public sealed record EffectiveScaling(int Minimum, int Maximum, int Percent, IReadOnlyList<string> Steps)
{
    /// <summary>The server's default where a revision states no maximum.</summary>
    public const int DefaultMaximum = 100;

    /// <summary>Works it out for a revision of a service.</summary>
    /// <param name="service">The service as it is now.</param>
    /// <param name="revision">Short name of the revision.</param>
    /// <param name="scaling">The revision's own limits.</param>
    public static EffectiveScaling Of(Service service, string revision, RevisionScaling scaling)
    {
        var shares = Shares(service);
        var percent = shares.Where(s => s.Revision == revision).Sum(static s => s.Percent);
        if (service.Scaling.ScalingMode == ScalingMode.Manual)
        {
            return Manual(service.Scaling, percent);
        }

        List<string> steps = [];
        var revisionMaximum = scaling.MaxInstanceCount > 0 ? scaling.MaxInstanceCount : DefaultMaximum;
        var serviceMaximum = service.Scaling.MaxInstanceCount;
        var maximum = serviceMaximum > 0 ? Math.Min(serviceMaximum, revisionMaximum) : revisionMaximum;
        steps.Add(serviceMaximum > 0
            ? $"Maximum: the smaller of the service's {serviceMaximum} and the revision's {revisionMaximum} is {maximum}."
            : $"Maximum: the revision's {revisionMaximum}; the service sets none.");

        var share = Share(service.Scaling.MinInstanceCount, shares, revision);
        if (service.Scaling.MinInstanceCount > 0)
        {
            steps.Add($"The service's minimum of {service.Scaling.MinInstanceCount} at {percent} % of the traffic gives this revision {share}.");
        }

        // A revision's own minimum counts while traffic or a tag points to it.
        var tags = ServiceWarnings.TagsOf(service, revision);
        var own = percent > 0 || tags.Count > 0 ? scaling.MinInstanceCount : 0;
        if (own < scaling.MinInstanceCount)
        {
            steps.Add($"The revision has neither traffic nor a tag: its own minimum of {scaling.MinInstanceCount} is not kept.");
        }
        else if (percent == 0 && own > 0)
        {
            steps.Add($"The revision has no traffic; its own minimum of {own} is kept, and costs, because the tag {string.Join(", ", tags)} points to it.");
        }

        var minimum = Math.Max(own, share);
        steps.Add($"Minimum: the larger of the revision's {own} and the share of {share} is {minimum}.");
        if (minimum > maximum)
        {
            steps.Add($"The maximum caps the minimum: {maximum} instead of {minimum}.");
            minimum = maximum;
        }

        return new EffectiveScaling(minimum, maximum, percent, steps);
    }

    private static EffectiveScaling Manual(ServiceScaling scaling, int percent) =>
        scaling.ManualInstanceCount is { } count
            ? new EffectiveScaling(
                count,
                count,
                percent,
                [count == 0
                    ? "Manual scaling with 0 instances: the service is switched off, and callers get 503."
                    : $"Manual scaling: exactly {count} for the whole service; minimum and maximum do not count."])
            : new EffectiveScaling(0, 0, percent, ["Manual scaling without a count: Cloud Run does not say how many instances run."]);

    /// <summary>Whole instances by traffic; the remainder goes to the first revision listed.</summary>
    private static int Share(int minimum, List<(string Revision, int Percent)> shares, string revision)
    {
        if (minimum == 0 || !shares.Any(s => s.Revision == revision))
        {
            return 0;
        }

        var whole = shares.Select(s => minimum * s.Percent / 100).ToList();
        var remainder = (minimum * Math.Min(100, shares.Sum(static s => s.Percent)) / 100) - whole.Sum();
        whole[0] += Math.Max(0, remainder);
        return whole[shares.FindIndex(s => s.Revision == revision)];
    }

    /// <summary>Revisions with traffic in the order in which the service lists them; "latest" is resolved, empty traffic is all to it.</summary>
    private static List<(string Revision, int Percent)> Shares(Service service)
    {
        var targets = service.TrafficStatuses.Count > 0 ? service.TrafficStatuses : service.Traffic;
        if (targets.Count == 0)
        {
            return service.LatestReadyRevision.Length == 0 ? [] : [(service.LatestReadyRevision, 100)];
        }

        return [.. targets
            .Where(static t => t.Percent > 0)
            .Select(t => (Revision: t.Revision.Length > 0 ? t.Revision : service.LatestReadyRevision, t.Percent))
            .GroupBy(static t => t.Revision, StringComparer.Ordinal)
            .Select(static g => (g.Key, g.Sum(static t => t.Percent)))];
    }
}
