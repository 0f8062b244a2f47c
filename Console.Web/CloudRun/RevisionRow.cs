using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.CloudRun;

/// <summary>A revision beside what its service says of it.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Percent">Share of traffic now, in per cent.</param>
/// <param name="Tags">Tags that point to it.</param>
public sealed record RevisionRow(Revision Revision, int Percent, IReadOnlyList<string> Tags)
{
    /// <summary>Revisions of a service with their traffic and tags.</summary>
    public static IReadOnlyList<RevisionRow> Of(Service service, IEnumerable<Revision> revisions)
    {
        var serving = service.Serving.ToDictionary(static s => s.Revision, static s => s.Percent, StringComparer.Ordinal);
        return [.. revisions.Select(r => new RevisionRow(r, serving.GetValueOrDefault(r.Name.Id), ServiceWarnings.TagsOf(service, r.Name.Id)))];
    }
}
