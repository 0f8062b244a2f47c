using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Minimum and maximum instances of the service: the level that Google recommends.</summary>
public sealed class InstanceLimitsForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "instance-limits";

    /// <inheritdoc />
    public override string Group => "Instances";

    /// <inheritdoc />
    public override string Title => "Minimum and maximum of the service";

    /// <inheritdoc />
    public override bool IsOfParts => true;

    /// <inheritdoc />
    public override string Present(ChangeSubject subject)
    {
        var scaling = subject.Service!.Scaling;
        return $"{Text(scaling.MinInstanceCount)} to {(scaling.MaxInstanceCount > 0 ? Text(scaling.MaxInstanceCount) : "none set")}";
    }

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) =>
        subject.Service!.Scaling.MinInstanceCount == 0 ? [new SetInstanceLimits(1, null)] : [new SetInstanceLimits(0, null)];

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change)
    {
        var (scaling, set) = (subject.Service!.Scaling, change as SetInstanceLimits);
        var maximum = set?.Maximum ?? scaling.MaxInstanceCount;
        return
        [
            new("minimum", "Minimum", Text(set?.Minimum ?? scaling.MinInstanceCount)) { Unit = "instances", Number = true, Hint = "kept running; 0 keeps none", Path = "scaling.minInstanceCount" },
            new("maximum", "Maximum", maximum > 0 ? Text(maximum) : "") { Unit = "instances", Number = true, Hint = "empty or 0: only the revision's own counts", Path = "scaling.maxInstanceCount" },
        ];
    }

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        Has(values, "minimum") && Number(values, "minimum") is null ? NoNumber("minimum")
        : !Has(values, "maximum") ? new(new SetInstanceLimits(Number(values, "minimum"), null))
        : IsEmpty(values, "maximum") ? new(new SetInstanceLimits(Number(values, "minimum"), 0))
        : Number(values, "maximum") is { } maximum ? new(new SetInstanceLimits(Number(values, "minimum"), maximum))
        : NoNumber("maximum");

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetInstanceLimits;
}
