using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Tags of the traffic: each keeps what an old revision's own minimum costs.</summary>
public sealed class TagsForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "tags";

    /// <inheritdoc />
    public override string Group => "Traffic";

    /// <inheritdoc />
    public override string Title => "Tags";

    /// <inheritdoc />
    public override bool Offers(ChangeSubject subject) => subject.Service is { } service && Tags(service).Any();

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => string.Join(", ", Tags(subject.Service!).Select(t => $"{t.Tag} on {(t.Revision.Length > 0 ? t.Revision : "the latest")}{Cost(subject, t)}"));

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) => Tags(subject.Service!).Select(static t => new RemoveTag(t.Tag));

    /// <inheritdoc />
    public override bool Is(Change change) => change is RemoveTag;

    private static IEnumerable<TrafficTarget> Tags(Service service) => service.Traffic.Where(static t => t.Tag.Length > 0);

    // A minimum of the revision's own goes on costing while a tag points to it.
    private static string Cost(ChangeSubject subject, TrafficTarget tag) =>
        tag.Percent == 0 && subject.Revisions.FirstOrDefault(r => r.Name.Id == ResourceName.ShortName(tag.Revision))?.Scaling.MinInstanceCount is { } minimum and > 0
            ? $" (keeps {Text(minimum)} instances of its own running)"
            : "";
}
