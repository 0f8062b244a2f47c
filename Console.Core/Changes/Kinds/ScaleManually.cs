using System.Globalization;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>
/// Exactly so many instances, whatever the traffic; 0 takes the service down: callers get 503.
/// https://cloud.google.com/run/docs/configuring/services/manual-scaling.
/// </summary>
/// <param name="Instances">How many.</param>
public sealed record ScaleManually(int Instances) : Change
{
    /// <inheritdoc />
    public override string Title => Instances == 0 ? "Take the service down" : string.Create(CultureInfo.InvariantCulture, $"Scale to exactly {Instances}");

    internal override void Edit(ServiceDocument document)
    {
        var scaling = ServiceDocument.Ensure(document.Root, "scaling");
        scaling["scalingMode"] = "MANUAL";
        scaling["manualInstanceCount"] = Instances;
    }
}
