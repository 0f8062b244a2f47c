namespace OpsConsole.Core.Changes.Kinds;

/// <summary>
/// CPU always allocated (instance-based billing), or only during requests (request-based billing).
/// https://cloud.google.com/run/docs/configuring/billing-settings. The setting is one of the instance (in v1 one annotation of the
/// revision), but the v2 schema has it on each container: all of them get the same value, and it is all that changes on a sidecar.
/// </summary>
/// <param name="Always">True for CPU during the whole life of an instance.</param>
public sealed record SetCpuAllocation(bool Always) : Change
{
    /// <inheritdoc />
    public override string Title => Always ? "Keep CPU allocated" : "CPU only during requests";

    internal override void Edit(ServiceDocument document)
    {
        foreach (var container in document.Containers)
        {
            // Explicit both ways: with a resources object, absent means "always".
            ServiceDocument.EnsureResources(container)["cpuIdle"] = !Always;
        }
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document) => document.Containers.Count == 0 ? [Ports.Missing] : [];
}
