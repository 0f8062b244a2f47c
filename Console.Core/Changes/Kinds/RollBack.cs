using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>All traffic back to the ready revision before the one that serves now.</summary>
/// <param name="Revision">Short name of the revision to go back to.</param>
public sealed record RollBack(string Revision) : Change
{
    /// <inheritdoc />
    public override string Title => $"Roll back to {Revision}";

    /// <summary>The roll back that is possible now; null where no older revision is ready.</summary>
    /// <param name="service">The service.</param>
    /// <param name="revisions">Its revisions, newest first.</param>
    public static RollBack? Of(Service service, IReadOnlyList<Revision> revisions)
    {
        var serving = service.Serving.Select(static s => s.Revision).ToHashSet(StringComparer.Ordinal);
        var ordered = revisions.OrderByDescending(static r => r.CreateTime).ToList();
        var newest = ordered.FindIndex(r => serving.Contains(r.Name.Id));
        var previous = newest < 0 ? null : ordered.Skip(newest + 1).FirstOrDefault(r => r.Ready?.State == ConditionState.Succeeded && !serving.Contains(r.Name.Id));
        return previous is null ? null : new RollBack(previous.Name.Id);
    }

    internal override void Edit(ServiceDocument document) => TrafficList.Set(document, [(Revision, 100)]);

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document) => TrafficTargets.Check(input, [Revision]);
}
