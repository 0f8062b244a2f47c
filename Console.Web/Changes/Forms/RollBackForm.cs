using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>All traffic back to the ready revision before the one that serves.</summary>
public sealed class RollBackForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "roll-back";

    /// <inheritdoc />
    public override string Group => "Traffic";

    /// <inheritdoc />
    public override string Title => "Roll back";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => RollBack.Of(subject.Service!, subject.Revisions) is { } back ? $"possible to {back.Revision}" : "no earlier revision is ready";

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) => RollBack.Of(subject.Service!, subject.Revisions) is { } back ? [back] : [];

    /// <inheritdoc />
    public override bool Is(Change change) => change is RollBack;
}
