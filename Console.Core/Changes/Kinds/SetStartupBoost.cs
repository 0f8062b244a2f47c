namespace OpsConsole.Core.Changes.Kinds;

/// <summary>More CPU while an instance starts and for ten seconds after. https://cloud.google.com/run/docs/configuring/services/cpu#startup-boost.</summary>
/// <param name="On">True switches it on.</param>
public sealed record SetStartupBoost(bool On) : Change
{
    /// <inheritdoc />
    public override string Title => On ? "Switch startup CPU boost on" : "Switch startup CPU boost off";

    internal override void Edit(ServiceDocument document)
    {
        if (document.Ingress is { } container)
        {
            ServiceDocument.EnsureResources(container)["startupCpuBoost"] = On;
        }
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document) => document.Ingress is null ? [Ports.Missing] : [];
}
