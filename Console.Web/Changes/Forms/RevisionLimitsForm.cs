using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Minimum and maximum instances of a revision; offered only where a service already has a minimum there, or another maximum than the default.</summary>
public sealed class RevisionLimitsForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "revision-limits";

    /// <inheritdoc />
    public override string Group => "Instances";

    /// <inheritdoc />
    public override string Title => "Minimum and maximum of the revision";

    /// <inheritdoc />
    public override bool Offers(ChangeSubject subject) =>
        subject.Service is { } service
        && (service.Template.Scaling.MinInstanceCount > 0
            || service.Template.Scaling.EffectiveMaximum() != EffectiveScaling.DefaultMaximum
            || subject.Revisions.Any(static r => r.Scaling.MinInstanceCount > 0));

    /// <inheritdoc />
    public override bool IsOfParts => true;

    /// <inheritdoc />
    public override string Present(ChangeSubject subject)
    {
        var scaling = subject.Service!.Template.Scaling;
        return $"{Text(scaling.MinInstanceCount)} to {Text(scaling.EffectiveMaximum())}";
    }

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) =>
        subject.Service!.Template.Scaling.MinInstanceCount > 0 ? [new SetRevisionLimits(0, null)] : [];

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change)
    {
        var (scaling, set) = (subject.Service!.Template.Scaling, change as SetRevisionLimits);
        return
        [
            new("minimum", "Minimum", Text(set?.Minimum ?? scaling.MinInstanceCount)) { Unit = "instances", Number = true, Hint = "0 clears it; use the service's instead", Path = "template.scaling.minInstanceCount" },
            new("maximum", "Maximum", Text(set?.Maximum ?? scaling.EffectiveMaximum())) { Unit = "instances", Number = true, Hint = "100 by default", Path = "template.scaling.maxInstanceCount" },
        ];
    }

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        Has(values, "minimum") && Number(values, "minimum") is null ? NoNumber("minimum")
        : Has(values, "maximum") && Number(values, "maximum") is null ? NoNumber("maximum")
        : new(new SetRevisionLimits(Number(values, "minimum"), Number(values, "maximum")));

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetRevisionLimits;
}
