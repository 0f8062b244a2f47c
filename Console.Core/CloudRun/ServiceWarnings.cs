namespace OpsConsole.Core.CloudRun;

/// <summary>Finds the <see cref="ServiceWarning"/>s of a service. Pure: the same service and revisions give the same list.</summary>
public static class ServiceWarnings
{
    /// <summary>What can be told without the revisions: for the list of all services. Failures first.</summary>
    public static IReadOnlyList<ServiceWarning> Of(Service service) => Of(service, []);

    /// <summary>All of them, failures first.</summary>
    /// <param name="service">The service.</param>
    /// <param name="revisions">Its revisions; may be empty where they are not known.</param>
    public static IReadOnlyList<ServiceWarning> Of(Service service, IReadOnlyList<Revision> revisions) =>
        [.. Find(service, revisions).OrderByDescending(static w => w.IsFailure)];

    private static IEnumerable<ServiceWarning> Find(Service service, IReadOnlyList<Revision> revisions)
    {
        if (service.State == ServiceState.Disabled)
        {
            yield return new ServiceWarning.SwitchedOff();
        }

        var created = ResourceName.ShortName(service.LatestCreatedRevision);
        var ready = ResourceName.ShortName(service.LatestReadyRevision);
        var failed = service.TerminalCondition?.State == ConditionState.Failed;
        var latest = revisions.FirstOrDefault(r => r.Name.Id == created);
        if (created.Length > 0 && created != ready && (failed || latest?.Ready?.State == ConditionState.Failed))
        {
            yield return new ServiceWarning.LatestNotReady(created, ready, Message(latest?.Ready) ?? Message(service.TerminalCondition) ?? "");
        }
        else if (failed)
        {
            yield return new ServiceWarning.NotReady(Message(service.TerminalCondition) ?? "");
        }

        if (service.TrafficPinned && service.Serving.Count > 0)
        {
            var serving = service.Serving.Select(static s => s.Revision).ToList();
            yield return ready.Length > 0 && !serving.Contains(ready, StringComparer.Ordinal)
                ? new ServiceWarning.TrafficOnOldRevision(serving, ready)
                : new ServiceWarning.TrafficPinned(serving);
        }

        foreach (var revision in revisions.Where(static r => r.Scaling.MinInstanceCount > 0))
        {
            // A revision-level minimum lives on in old revisions while a tag points to them, and goes on costing.
            var tags = TagsOf(service, revision.Name.Id);
            if (tags.Count > 0 && service.Serving.All(s => s.Revision != revision.Name.Id))
            {
                yield return new ServiceWarning.IdleMinimum(revision.Name.Id, tags, revision.Scaling.MinInstanceCount);
            }
        }
    }

    /// <summary>Tags that point to a revision, in the order of the service. "Latest" targets are resolved.</summary>
    public static IReadOnlyList<string> TagsOf(Service service, string revision) =>
        [.. Targets(service)
            .Where(t => t.Tag.Length > 0 && revision == (t.Revision.Length > 0 ? ResourceName.ShortName(t.Revision) : ResourceName.ShortName(service.LatestReadyRevision)))
            .Select(static t => t.Tag)
            .Distinct(StringComparer.Ordinal)];

    private static IReadOnlyList<TrafficTarget> Targets(Service service) => service.TrafficStatuses.Count > 0 ? service.TrafficStatuses : service.Traffic;

    private static string? Message(Condition? condition) => condition is { Message.Length: > 0 } ? condition.Message : null;
}
