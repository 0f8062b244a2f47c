namespace OpsConsole.Core.Changes.Kinds;

/// <summary>All traffic to one named revision. Later deployments serve nothing until traffic is routed again.</summary>
/// <param name="Revision">Short name.</param>
public sealed record RouteToRevision(string Revision) : Change
{
    /// <inheritdoc />
    public override string Title => $"Send all traffic to {Revision}";

    internal override void Edit(ServiceDocument document) => TrafficList.Set(document, [(Revision, 100)]);

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document) => TrafficTargets.Check(input, [Revision]);
}
