using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Exactly so many instances, or automatic again.</summary>
public sealed class ManualScalingForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "scaling-mode";

    /// <inheritdoc />
    public override string Group => "Instances";

    /// <inheritdoc />
    public override string Title => "Scaling mode";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => CloudRunWords.Of(subject.Service!.Scaling);

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) =>
        subject.Service!.Scaling.ScalingMode == ScalingMode.Manual ? [new ScaleAutomatically()] : [];

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change)
    {
        var scaling = subject.Service!.Scaling;
        var manual = change switch
        {
            ScaleManually => true,
            ScaleAutomatically => false,
            _ => scaling.ScalingMode == ScalingMode.Manual,
        };
        return
        [
            new("mode", "Scaling", manual ? "manual" : "automatic") { Path = "scaling.scalingMode", Choices = [("automatic", "automatic"), ("manual", "manual: exactly so many")] },
            new("count", "Instances", (change as ScaleManually)?.Instances is { } asked ? Text(asked) : scaling.ManualInstanceCount is { } count ? Text(count) : "")
            {
                Unit = "instances", Number = true, Hint = "for manual; 0 takes the service down", Path = "scaling.manualInstanceCount",
            },
        ];
    }

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        values["mode"] != "manual" ? new(new ScaleAutomatically())
        : Number(values, "count") is { } count ? new(new ScaleManually(count))
        : NoNumber("count");

    /// <inheritdoc />
    public override bool Is(Change change) => change is ScaleManually or ScaleAutomatically;
}
