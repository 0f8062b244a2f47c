using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Whether a client's requests go to the same instance.</summary>
public sealed class SessionAffinityForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "session-affinity";

    /// <inheritdoc />
    public override string Group => "Requests";

    /// <inheritdoc />
    public override string Title => "Session affinity";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => subject.Service!.Template.SessionAffinity ? "on" : "off";

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) => [new SetSessionAffinity(!subject.Service!.Template.SessionAffinity)];

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) =>
    [
        new("on", "Session affinity", (change as SetSessionAffinity)?.On ?? subject.Service!.Template.SessionAffinity ? "yes" : "no")
        {
            Path = "template.sessionAffinity",
            Choices = [("yes", "on"), ("no", "off")],
        },
    ];

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) => new(new SetSessionAffinity(values["on"] == "yes"));

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetSessionAffinity;
}
