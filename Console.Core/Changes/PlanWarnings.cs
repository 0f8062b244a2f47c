using System.Globalization;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>What one should know before a change is applied. Each has the change that would mend it, where there is one.</summary>
internal static class PlanWarnings
{
    public static IEnumerable<PlanWarning> Of(PlanInput input, Change change, ServiceDocument before, ServiceDocument after, bool newRevision)
    {
        if (before.Root["reconciling"] is System.Text.Json.Nodes.JsonValue busy && busy.TryGetValue<bool>(out var reconciling) && reconciling)
        {
            yield return new PlanWarning("A deployment is under way. Cloud Run takes the change, but what becomes of the two shows only afterwards.");
        }

        if (newRevision && input.Resource.Collection == "services")
        {
            if (after.LatestPercent == 0)
            {
                yield return new PlanWarning(
                    "Every traffic target names a revision: the new one will be made, and nobody will reach it.", Several.Of(change, new RouteToLatest()));
            }

            if (FailedLatest(input, before) is { } failed)
            {
                yield return new PlanWarning(
                    $"The latest revision {failed.Name.Id} did not get ready ({failed.Ready!.Message.TrimEnd('.')}). The new revision is made of the same settings and this change: it may fail the same way.");
            }
        }

        if (after.IsManual && after.ManualCount == 0)
        {
            yield return new PlanWarning("With 0 instances the service is down: callers get 503, although Cloud Run goes on showing it as ready.");
        }

        foreach (var warning in Limits(input, before, after))
        {
            yield return warning;
        }

        if (input.Connections is { } budget && Connections(budget, change, after) is { } connections)
        {
            yield return connections;
        }
    }

    private static PlanWarning? Connections(ConnectionBudget budget, Change change, ServiceDocument after)
    {
        if (after.IsManual)
        {
            var count = budget.LargestSafeCount();
            return budget.ExceededBy(after.ManualCount ?? 0) is not { } tooMany ? null
                : count > 0 ? new PlanWarning(string.Create(CultureInfo.InvariantCulture, $"{tooMany} {count} are safe."), With(change, new ScaleManually(count)))
                : new PlanWarning($"{tooMany} Not even one instance fits.");
        }

        if (budget.Exceeded(after.ServiceMaximum, after.RevisionMaximum) is not { } exceeded)
        {
            return null;
        }

        var safe = budget.LargestSafeMaximum();
        return safe > 0
            ? new PlanWarning(
                string.Create(CultureInfo.InvariantCulture, $"{exceeded} A maximum of {safe} for the service is safe."),
                With(change, new SetInstanceLimits(after.ServiceMinimum > safe ? safe : null, safe)))
            : new PlanWarning($"{exceeded} Not even one instance fits.");
    }

    // A move in steps is a change by itself: what mends comes before it.
    private static Change With(Change change, Change mending) => change is MoveTraffic ? mending : Several.Of(change, mending);

    private static IEnumerable<PlanWarning> Limits(PlanInput input, ServiceDocument before, ServiceDocument after)
    {
        if (after.IsManual && (after.ServiceMinimum, after.ServiceMaximum) != (before.ServiceMinimum, before.ServiceMaximum))
        {
            yield return new PlanWarning("The service is scaled by hand: minimum and maximum do not count until it is scaled automatically again.");
        }

        if (after.ServiceMaximum > 0 && after.RevisionMinimum > after.ServiceMaximum)
        {
            yield return new PlanWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"The revision's minimum of {after.RevisionMinimum} is above the service's maximum of {after.ServiceMaximum}: the maximum wins."));
        }

        if (!after.IsManual && after.ServiceMinimum > after.RevisionMaximum)
        {
            yield return new PlanWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"The service's minimum of {after.ServiceMinimum} is above the revision's maximum of {after.RevisionMaximum}: the maximum wins."));
        }

        if ((before.ServiceMinimum, before.RevisionMinimum) == (after.ServiceMinimum, after.RevisionMinimum))
        {
            yield break;
        }

        // A revision keeps its own minimum for as long as a tag points to it.
        foreach (var revision in input.Revisions.Where(static r => r.Scaling.MinInstanceCount > 0))
        {
            var tag = TrafficList.Of(after.Root["traffic"]).FirstOrDefault(t => t.Revision == revision.Name.Id && t.Tag.Length > 0 && t.Percent == 0).Tag;
            if (tag is { Length: > 0 })
            {
                yield return new PlanWarning(
                    string.Create(CultureInfo.InvariantCulture, $"{revision.Name.Id} has a minimum of {revision.Scaling.MinInstanceCount} of its own and goes on costing while the tag {tag} points to it."),
                    new RemoveTag(tag));
            }
        }
    }

    private static Revision? FailedLatest(PlanInput input, ServiceDocument before)
    {
        var created = ResourceName.ShortName(ServiceDocument.Text(before.Root, "latestCreatedRevision"));
        return input.Revisions.FirstOrDefault(r => r.Name.Id == created && r.Ready?.State == ConditionState.Failed);
    }
}
