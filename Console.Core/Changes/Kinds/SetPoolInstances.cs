using System.Globalization;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Instances of a worker pool, which does not scale by itself. https://cloud.google.com/run/docs/deploy-worker-pools.</summary>
/// <param name="Instances">How many; 0 stops the work.</param>
public sealed record SetPoolInstances(int Instances) : Change
{
    /// <inheritdoc />
    public override string Title => string.Create(CultureInfo.InvariantCulture, $"Set the pool to {Instances} instances");

    internal override void Edit(ServiceDocument document) => ServiceDocument.Ensure(document.Root, "scaling")["manualInstanceCount"] = Instances;

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        if (Instances < 0)
        {
            yield return new Refusal("scaling.manualInstanceCount", "The number of instances must not be negative.", new SetPoolInstances(0));
        }
    }
}
