using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>All traffic to one named revision.</summary>
public sealed class RouteToRevisionForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "route-to-revision";

    /// <inheritdoc />
    public override string Group => "Traffic";

    /// <inheritdoc />
    public override string Title => "All traffic to one revision";

    /// <inheritdoc />
    public override bool Offers(ChangeSubject subject) => subject.Service is not null && subject.Revisions.Count > 0;

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => subject.Service!.TrafficPinned ? "pinned: new revisions serve nothing" : "not pinned";

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) =>
    [
        new("revision", "Revision", (change as RouteToRevision)?.Revision ?? subject.Service!.Serving.Select(static s => s.Revision).FirstOrDefault() ?? "")
        {
            Path = "traffic",
            Hint = "later deployments serve nothing until traffic is routed again",
            Choices = [.. subject.Revisions.Select(static r => (r.Name.Id, r.Ready?.State == ConditionState.Failed ? $"{r.Name.Id} (not ready)" : r.Name.Id))],
        },
    ];

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        IsEmpty(values, "revision") ? FormReading.Bad("revision", "Choose a revision.") : new(new RouteToRevision(values["revision"]));

    /// <inheritdoc />
    public override bool Is(Change change) => change is RouteToRevision;
}
