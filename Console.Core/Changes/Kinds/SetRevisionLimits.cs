using System.Globalization;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>
/// Minimum and maximum instances of the revision (<c>template.scaling</c>). Google offers them only to services that had them
/// before; a new revision carries them, old ones keep theirs.
/// </summary>
/// <param name="Minimum">Instances, 0 clears it; null leaves it as it is.</param>
/// <param name="Maximum">Instances; null leaves it as it is.</param>
public sealed record SetRevisionLimits(int? Minimum, int? Maximum) : Change
{
    /// <inheritdoc />
    public override string Title => (Minimum, Maximum) switch
    {
        (0, null) => "Clear the minimum of the revision",
        ({ } minimum, null) => string.Create(CultureInfo.InvariantCulture, $"Set the revision's minimum to {minimum}"),
        (null, { } maximum) => string.Create(CultureInfo.InvariantCulture, $"Set the revision's maximum to {maximum}"),
        ({ } minimum, { } maximum) => string.Create(CultureInfo.InvariantCulture, $"Set the revision's limits to {minimum} and {maximum}"),
        _ => "Leave the limits as they are",
    };

    internal override void Edit(ServiceDocument document)
    {
        var scaling = ServiceDocument.Ensure(document.EnsureTemplate(), "scaling");
        if (Minimum is { } minimum)
        {
            scaling["minInstanceCount"] = minimum;
        }

        if (Maximum is { } maximum)
        {
            scaling["maxInstanceCount"] = maximum;
        }
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        // 0 would mean the server's default of 100, which is not what it says.
        if (Maximum < 1)
        {
            yield return new Refusal("template.scaling.maxInstanceCount", "A revision has a maximum of at least one instance.", this with { Maximum = 1 });
        }

        // Clearing one is always right; the maximum is there in any case, filled in by the server.
        if (Minimum > 0 && document.RevisionMinimum == 0 && input.Revisions.All(static r => r.Scaling.MinInstanceCount == 0))
        {
            yield return new Refusal(
                "template.scaling.minInstanceCount",
                "Cloud Run takes a minimum on the revision only for services that had one before. Set the minimum of the service instead.",
                new SetInstanceLimits(Minimum, null));
        }
    }
}
