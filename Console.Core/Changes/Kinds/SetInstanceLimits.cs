using System.Globalization;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>
/// Minimum and maximum instances of the whole service (<c>scaling</c>): the level that Google recommends, because a minimum on a
/// revision goes on costing for as long as a tag points to it. https://cloud.google.com/run/docs/configuring/min-instances.
/// </summary>
/// <param name="Minimum">Instances; null leaves it as it is.</param>
/// <param name="Maximum">Instances; 0 takes the limit away, null leaves it as it is.</param>
public sealed record SetInstanceLimits(int? Minimum, int? Maximum) : Change
{
    /// <inheritdoc />
    public override string Title => string.Join(" and ", Parts()) is { Length: > 0 } parts ? $"Set {parts}" : "Leave the limits as they are";

    internal override void Edit(ServiceDocument document)
    {
        var scaling = ServiceDocument.Ensure(document.Root, "scaling");
        if (Minimum is { } minimum)
        {
            scaling["minInstanceCount"] = minimum;
        }

        if (Maximum is { } maximum)
        {
            scaling["maxInstanceCount"] = maximum;
        }
    }

    private IEnumerable<string> Parts()
    {
        if (Minimum is { } minimum)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"minimum instances to {minimum}");
        }

        if (Maximum is { } maximum)
        {
            yield return maximum == 0 ? "no maximum of the service" : string.Create(CultureInfo.InvariantCulture, $"maximum instances to {maximum}");
        }
    }
}
