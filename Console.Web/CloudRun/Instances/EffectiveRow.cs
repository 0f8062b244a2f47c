using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.CloudRun.Instances;

/// <summary>A revision with what its limits come to.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Tags">Tags that point to it.</param>
/// <param name="Effective">Minimum and maximum in effect, with the arithmetic.</param>
public sealed record EffectiveRow(Revision Revision, IReadOnlyList<string> Tags, EffectiveScaling Effective)
{
    /// <summary>Revisions with traffic or a tag, largest share first; no other is scaled.</summary>
    public static IReadOnlyList<EffectiveRow> Of(Service service, IReadOnlyList<Revision> revisions) =>
        [.. revisions
            .Select(r => new EffectiveRow(r, ServiceWarnings.TagsOf(service, r.Name.Id), EffectiveScaling.Of(service, r.Name.Id, r.Scaling)))
            .Where(static r => r.Effective.Percent > 0 || r.Tags.Count > 0)
            .OrderByDescending(static r => r.Effective.Percent)
            .ThenByDescending(static r => r.Revision.CreateTime)];
}
