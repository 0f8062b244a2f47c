using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Blaming;

/// <summary>
/// For every setting of a service: since which revision or change it is so, who did it, why, and what it was before. Settings of
/// revisions are followed back through the revisions that still exist; settings of the service through the changes on record.
/// Pure.
/// </summary>
public static class Blame
{
    /// <summary>Settings in the order of groups and names; those of the service first.</summary>
    /// <param name="service">The service.</param>
    /// <param name="revisions">Its revisions, in any order.</param>
    /// <param name="changes">Changes on record, in any order; those that failed do not count.</param>
    public static IReadOnlyList<BlamedSetting> Of(Service service, IReadOnlyList<Revision> revisions, IReadOnlyList<ChangeRun> changes)
    {
        var done = changes.Where(static c => c.Phase == ChangePhase.Succeeded).OrderByDescending(static c => c.StartedAt).ToList();
        return
        [
            .. OfService(service, done).OrderBy(static s => s.Name, StringComparer.Ordinal),
            .. OfRevisions(revisions, done).OrderBy(static s => s.Group).ThenBy(static s => s.Name, StringComparer.Ordinal),
        ];
    }

    private static List<BlamedSetting> OfRevisions(IReadOnlyList<Revision> revisions, List<ChangeRun> changes)
    {
        var line = revisions.OrderByDescending(static r => r.CreateTime).ThenByDescending(static r => r.Generation).ToList();
        if (line.Count == 0)
        {
            return [];
        }

        Dictionary<string, BlamedSetting> found = new(StringComparer.Ordinal);
        for (var i = 0; i + 1 < line.Count; i++)
        {
            var origin = OriginOf(line[i], changes, orBefore: false);
            foreach (var difference in Comparable(line[i + 1].RawJson, line[i].RawJson))
            {
                found.TryAdd(difference.Path, Setting(difference, origin) with { Before = difference.Before });
            }
        }

        var oldest = OriginOf(line[^1], changes, orBefore: true);
        foreach (var set in Comparable("{}", line[0].RawJson))
        {
            found.TryAdd(set.Path, Setting(set, oldest));
        }

        return [.. found.Values];
    }

    private static IEnumerable<RevisionDifference> Comparable(string before, string after) =>
        RevisionDiff.Compare(before, after).Where(static d => d.Group != RevisionDifferenceGroup.Labels && d.Path != "revision");

    private static BlamedSetting Setting(RevisionDifference difference, BlameOrigin origin) => new()
    {
        Path = $"template.{difference.Path}",
        Name = difference.Name,
        Group = difference.Group,
        Value = difference.After,
        Origin = origin,
    };

    private static BlameOrigin OriginOf(Revision revision, List<ChangeRun> changes, bool orBefore)
    {
        // A change that made no revision may name the one that it sent the traffic to: only those that set something of the template count.
        var change = changes.FirstOrDefault(c => c.Revision == revision.Name.Id && c.Settings.Any(static s => s.IsOfTemplate));
        return new BlameOrigin
        {
            Revision = revision.Name.Id,
            ChangeId = change?.Id ?? "",
            At = revision.CreateTime,
            Who = change?.ActorName ?? revision.Creator,
            Why = change?.Reason ?? "",
            OrBefore = orBefore,
        };
    }

    private static IEnumerable<BlamedSetting> OfService(Service service, List<ChangeRun> changes)
    {
        if (ServiceDocument.Parse(service.RawJson) is not { } now || ServiceDocument.Parse("{}") is not { } nothing)
        {
            yield break;
        }

        var present = SettingDiff.Compare(nothing, now).Where(static s => IsOfService(s.Path)).ToDictionary(static s => s.Path, StringComparer.Ordinal);
        var paths = present.Keys.Union(changes.SelectMany(static c => c.Settings).Select(static s => s.Path).Where(IsOfService), StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var node = SettingPath.Parse(path).Get(now.Root);

            // The latest change that touched it: where it left another value, somebody changed it elsewhere since, and nobody is named.
            var change = changes.FirstOrDefault(c => c.Settings.Any(s => s.Path == path));
            var set = change?.Settings.First(s => s.Path == path);
            var stands = set is not null && SettingValues.Same(path, set.AfterJson is null ? null : System.Text.Json.Nodes.JsonNode.Parse(set.AfterJson), node);
            yield return new BlamedSetting
            {
                Path = path,
                Name = SettingWords.Name(path, loneContainer: true),
                Group = RevisionDifferenceGroup.Scaling,
                Value = SettingWords.Value(path, node, now),
                Before = stands ? set!.Before : set?.After,
                Origin = !stands ? null : new BlameOrigin { ChangeId = change!.Id, At = change.EndedAt ?? change.StartedAt, Who = change.ActorName, Why = change.Reason },
            };
        }
    }

    private static bool IsOfService(string path) =>
        path == "traffic" || path == "ingress" || path == "launchStage" || path == "description" || path.StartsWith("scaling.", StringComparison.Ordinal);
}
