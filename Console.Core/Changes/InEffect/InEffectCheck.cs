using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.InEffect;

/// <summary>
/// Compares what was asked for (template, limits, traffic), what Cloud Run has stored, and what serves, and names for each
/// difference the one change that would make it true. Pure.
/// </summary>
public static class InEffectCheck
{
    private const string PreviewRefused = "not supported in the declared launch stage";

    /// <summary>What does not serve as asked; empty when all does. Traffic first, then the settings of the revision, then instances.</summary>
    /// <param name="service">The service.</param>
    /// <param name="revisions">Its revisions; settings are compared only with those that are known.</param>
    public static IReadOnlyList<NotInEffect> Of(Service service, IReadOnlyList<Revision> revisions) =>
        [.. Traffic(service, revisions), .. Settings(service, revisions), .. Instances(service, revisions)];

    private static IEnumerable<NotInEffect> Traffic(Service service, IReadOnlyList<Revision> revisions)
    {
        foreach (var target in service.Traffic.Where(static t => t is { Percent: > 0, Revision.Length: > 0 }))
        {
            var name = ResourceName.ShortName(target.Revision);
            if (revisions.FirstOrDefault(r => r.Name.Id == name)?.Ready?.State == ConditionState.Failed)
            {
                yield return new NotInEffect
                {
                    Setting = "Traffic",
                    Asked = Percent(target.Percent, name),
                    Serving = Shares(service),
                    Cause = new Cause.FailedTarget(name),
                };
            }
        }

        var wanted = Resolve(service, service.Traffic);
        if (service.TrafficStatuses.Count > 0 && wanted.Count > 0 && !wanted.SequenceEqual(Resolve(service, service.TrafficStatuses)) && Unfinished(service, revisions) is { } cause)
        {
            yield return new NotInEffect
            {
                Setting = "Traffic",
                Asked = string.Join(", ", wanted.Select(static s => Percent(s.Percent, s.Revision))),
                Serving = Shares(service),
                Cause = cause,
            };
        }
    }

    private static IEnumerable<NotInEffect> Settings(Service service, IReadOnlyList<Revision> revisions)
    {
        if (Template(service) is not { } template)
        {
            yield break;
        }

        // The latest revision was made from the template: what differs there is what Cloud Run fills in, and no gap.
        var latest = ResourceName.ShortName(service.LatestCreatedRevision);
        var known = service.Serving.Where(s => s.Revision != latest).Select(s => revisions.FirstOrDefault(r => r.Name.Id == s.Revision)).OfType<Revision>();
        Dictionary<string, (RevisionDifference Difference, List<string> Where)> gaps = new(StringComparer.Ordinal);
        foreach (var revision in known)
        {
            foreach (var difference in RevisionDiff.Compare(revision.RawJson, template).Where(static d => d.Path != "revision" && d.Group != RevisionDifferenceGroup.Labels))
            {
                if (!gaps.TryGetValue(difference.Path, out var gap))
                {
                    gaps[difference.Path] = gap = (difference, []);
                }

                gap.Where.Add($"{difference.Before ?? "not set"} on {revision.Name.Id}");
            }
        }

        foreach (var (difference, where) in gaps.Values.OrderBy(static g => g.Difference.Group).ThenBy(static g => g.Difference.Name, StringComparer.Ordinal))
        {
            yield return new NotInEffect
            {
                Setting = difference.Name,
                Asked = difference.After ?? "not set",
                Serving = string.Join(", ", where),
                Cause = Unfinished(service, revisions) ?? Routed(service),
            };
        }
    }

    private static IEnumerable<NotInEffect> Instances(Service service, IReadOnlyList<Revision> revisions)
    {
        var scaling = service.Scaling;
        if (scaling.ScalingMode == ScalingMode.Manual && (scaling.MinInstanceCount > 0 || scaling.MaxInstanceCount > 0))
        {
            yield return new NotInEffect
            {
                Setting = "Minimum and maximum instances",
                Asked = $"{Number(scaling.MinInstanceCount)} to {(scaling.MaxInstanceCount > 0 ? Number(scaling.MaxInstanceCount) : "no maximum")}",
                Serving = scaling.ManualInstanceCount is { } count ? $"{Number(count)} by hand" : "by hand",
                Cause = new Cause.ScaledByHand(),
            };
        }

        var serving = service.Serving;
        foreach (var revision in revisions)
        {
            var name = revision.Name.Id;
            var own = revision.Scaling.MinInstanceCount;
            var serves = serving.Any(s => s.Revision == name);
            if (serves && own > 0 && scaling.MaxInstanceCount > 0 && scaling.MaxInstanceCount < own)
            {
                yield return new NotInEffect
                {
                    Setting = $"Minimum instances of {name}",
                    Asked = Number(own),
                    Serving = Number(scaling.MaxInstanceCount),
                    Cause = new Cause.MaximumCapsMinimum(own, scaling.MaxInstanceCount),
                };
            }

            if (!serves && own > 0 && ServiceWarnings.TagsOf(service, name) is [var tag, ..])
            {
                yield return new NotInEffect
                {
                    Setting = $"Minimum instances of {name}",
                    Asked = "0: it has no traffic",
                    Serving = $"{Number(own)} kept running, and costing",
                    Cause = new Cause.TagKeepsWarm(tag),
                };
            }

            // Cloud Run reports what it provides; 0 may also mean that it does not report it.
            if (serves && scaling.ScalingMode != ScalingMode.Manual && revision.DesiredMinInstanceCount > 0
                && EffectiveScaling.Of(service, name, revision.Scaling).Minimum is var minimum && revision.DesiredMinInstanceCount < minimum)
            {
                yield return new NotInEffect
                {
                    Setting = $"Minimum instances of {name}",
                    Asked = Number(minimum),
                    Serving = $"{Number(revision.DesiredMinInstanceCount)} provided",
                    Cause = service.Reconciling ? new Cause.UnderWay() : new Cause.NotProvidedYet(),
                };
            }
        }
    }

    /// <summary>Why Cloud Run has not done what was asked; null when it has, and only the traffic is in the way.</summary>
    private static Cause? Unfinished(Service service, IReadOnlyList<Revision> revisions)
    {
        if (service.State == ServiceState.Deploying || service.ObservedGeneration < service.Generation)
        {
            return new Cause.UnderWay();
        }

        var created = ResourceName.ShortName(service.LatestCreatedRevision);
        var latest = revisions.FirstOrDefault(r => r.Name.Id == created);
        var failed = latest?.Ready is { State: ConditionState.Failed } ready ? ready : service.TerminalCondition is { State: ConditionState.Failed } terminal ? terminal : null;
        return failed is null ? null
            : failed.Message.Contains(PreviewRefused, StringComparison.OrdinalIgnoreCase) ? new Cause.LaunchStage(service.LaunchStage)
            : new Cause.LatestFailed(created, failed.Message);
    }

    private static Cause Routed(Service service)
    {
        var ready = ResourceName.ShortName(service.LatestReadyRevision);
        var latest = service.Serving.Where(s => s.Revision == ready).Sum(static s => s.Percent);
        return latest > 0 && latest < 100 ? new Cause.TrafficSplit(latest) : new Cause.TrafficPinned([.. service.Serving.Select(static s => s.Revision)]);
    }

    private static List<(string Revision, int Percent)> Resolve(Service service, IReadOnlyList<TrafficTarget> targets) =>
        [.. targets
            .Where(static t => t.Percent > 0)
            .GroupBy(t => t.Revision.Length > 0 ? ResourceName.ShortName(t.Revision) : ResourceName.ShortName(service.LatestReadyRevision), StringComparer.Ordinal)
            .Select(static g => (g.Key, g.Sum(static t => t.Percent)))
            .OrderBy(static s => s.Key, StringComparer.Ordinal)];

    private static string? Template(Service service)
    {
        try
        {
            return JsonNode.Parse(service.RawJson)?["template"]?.ToJsonString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shares(Service service) =>
        service.Serving.Count == 0 ? "nothing" : string.Join(", ", service.Serving.Select(static s => Percent(s.Percent, s.Revision)));

    private static string Percent(int percent, string revision) => string.Create(CultureInfo.InvariantCulture, $"{percent} % to {revision}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
