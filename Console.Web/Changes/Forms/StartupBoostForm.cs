using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>More CPU while an instance starts.</summary>
public sealed class StartupBoostForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "startup-boost";

    /// <inheritdoc />
    public override string Group => "CPU and memory";

    /// <inheritdoc />
    public override string Title => "Startup CPU boost";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => subject.Service!.Template.StartupCpuBoost ? "on" : "off";

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) => [new SetStartupBoost(!subject.Service!.Template.StartupCpuBoost)];

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) =>
    [
        new("on", "Startup CPU boost", (change as SetStartupBoost)?.On ?? subject.Service!.Template.StartupCpuBoost ? "yes" : "no")
        {
            Path = "template.containers.resources.startupCpuBoost",
            Choices = [("yes", "on"), ("no", "off")],
        },
    ];

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) => new(new SetStartupBoost(values["on"] == "yes"));

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetStartupBoost;
}
