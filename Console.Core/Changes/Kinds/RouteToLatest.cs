namespace OpsConsole.Core.Changes.Kinds;

/// <summary>All traffic to the latest ready revision, now and after each deployment. Tags stay where they are.</summary>
public sealed record RouteToLatest : Change
{
    /// <inheritdoc />
    public override string Title => "Send all traffic to the latest revision";

    internal override void Edit(ServiceDocument document) => TrafficList.Set(document, [(TrafficList.Latest, 100)]);
}
