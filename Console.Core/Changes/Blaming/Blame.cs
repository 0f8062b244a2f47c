using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Blaming;

/// <summary>
/// For every setting of a service: since which revision or change it is so, who did it, why, and what it was before. Settings of
/// revisions are followed back through the revisions that still exist; settings of the service through the changes on record and, for
/// what was changed elsewhere, through the states in Google's audit log. Pure.
/// </summary>
public static class Blame
{
    /// <summary>Settings in the order of groups and names; those of the service first.</summary>
    /// <param name="service">The service.</param>
    /// <param name="revisions">Its revisions, in any order.</param>
    /// <param name="changes">Changes on record, in any order; those that failed do not count.</param>
    /// <param name="acts">Google's audit log of the service, in any order; those that failed do not count.</param>
    public static IReadOnlyList<BlamedSetting> Of(Service service, IReadOnlyList<Revision> revisions, IReadOnlyList<ChangeRun> changes, IReadOnlyList<GoogleAct>? acts = null)
    {
        var log = (acts ?? []).Where(static a => a.Failure is null).OrderByDescending(static a => a.Ended ?? a.At).ToList();
        var done = changes.Where(static c => c.Phase == ChangePhase.Succeeded).OrderByDescending(static c => c.StartedAt).ToList();
        return
        [
            .. OfService(service, done, log).OrderBy(static s => s.Name, StringComparer.Ordinal),
            .. OfRevisions(revisions, done, log).OrderBy(static s => s.Group).ThenBy(static s => s.Name, StringComparer.Ordinal),
        ];
    }

    private static List<BlamedSetting> OfRevisions(IReadOnlyList<Revision> revisions, List<ChangeRun> changes, List<GoogleAct> log)
    {
        var line = revisions.OrderByDescending(static r => r.CreateTime).ThenByDescending(static r => r.Generation).ToList();
        if (line.Count == 0)
        {
            return [];
        }

        Dictionary<string, BlamedSetting> found = new(StringComparer.Ordinal);
        for (var i = 0; i + 1 < line.Count; i++)
        {
            var origin = OriginOf(line[i], changes, log, orBefore: false);
            foreach (var difference in Comparable(line[i + 1].RawJson, line[i].RawJson))
            {
                found.TryAdd(difference.Path, Setting(difference, origin) with { Before = difference.Before });
            }
        }

        var oldest = OriginOf(line[^1], changes, log, orBefore: true);
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

    private static BlameOrigin OriginOf(Revision revision, List<ChangeRun> changes, List<GoogleAct> log, bool orBefore)
    {
        // A change that made no revision may name the one that it sent the traffic to: only those that set something of the template count.
        if (changes.FirstOrDefault(c => c.Revision == revision.Name.Id && c.Settings.Any(static s => s.IsOfTemplate)) is { } change)
        {
            return Recorded(change, revision.CreateTime) with { Revision = revision.Name.Id, OrBefore = orBefore };
        }

        // Later acts name the latest revision too: the one that ran while it was made is meant.
        var act = log.LastOrDefault(a => a.Revision == revision.Name.Id && revision.CreateTime is { } made && (made - a.At).Duration() < Reconciler.Around);
        return new BlameOrigin
        {
            Revision = revision.Name.Id,
            At = revision.CreateTime,
            Who = act is { Principal.Length: > 0 } ? act.Principal : revision.Creator,
            Source = act is null ? BlameSource.CloudRun : BlameSource.GoogleLog,
            Client = act?.UserAgent ?? "",
            GoogleEntry = act is { InsertIds: [var first, ..] } ? first : "",
            OrBefore = orBefore,
        };
    }

    private static BlameOrigin Recorded(ChangeRun change, DateTimeOffset? at) =>
        new() { ChangeId = change.Id, At = at ?? change.EndedAt ?? change.StartedAt, Who = change.ActorName, Why = change.Reason, Source = BlameSource.Trail };

    private static IEnumerable<BlamedSetting> OfService(Service service, List<ChangeRun> changes, List<GoogleAct> log)
    {
        if (ServiceDocument.Parse(service.RawJson) is not { } now || ServiceDocument.Parse("{}") is not { } nothing)
        {
            yield break;
        }

        var states = log.Where(static a => a.State is not null).Select(static a => (Act: a, Document: ServiceDocument.Parse(a.State!))).Where(static s => s.Document is not null).ToList();
        var present = SettingDiff.Compare(nothing, now).Where(static s => IsOfService(s.Path)).ToDictionary(static s => s.Path, StringComparer.Ordinal);
        var paths = present.Keys.Union(changes.SelectMany(static c => c.Settings).Select(static s => s.Path).Where(IsOfService), StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var node = SettingPath.Parse(path).Get(now.Root);

            // The latest change that touched it: where it left another value, somebody changed it elsewhere since.
            var change = changes.FirstOrDefault(c => c.Settings.Any(s => s.Path == path));
            var set = change?.Settings.First(s => s.Path == path);
            var stands = set is not null && SettingValues.Same(path, set.AfterJson is null ? null : JsonNode.Parse(set.AfterJson), node);
            var (elsewhere, before) = Elsewhere(path, node, states!);

            // Changed elsewhere and back again: the log tells that the value stands since later.
            stands = stands && (elsewhere is not { OrBefore: false } || elsewhere.At <= (change!.EndedAt ?? change.StartedAt) + Reconciler.Around);
            yield return new BlamedSetting
            {
                Path = path,
                Name = SettingWords.Name(path, loneContainer: true),
                Group = RevisionDifferenceGroup.Scaling,
                Value = SettingWords.Value(path, node, now),
                Before = stands ? set!.Before : before ?? set?.After,
                Origin = stands ? Recorded(change!, null) : elsewhere,
            };
        }
    }

    /// <summary>The act since which the value is so, and what it was in the state before; from the states in Google's log, newest first.</summary>
    private static (BlameOrigin? Origin, string? Before) Elsewhere(string path, JsonNode? node, List<(GoogleAct Act, ServiceDocument Document)> states)
    {
        var since = -1;
        for (var i = 0; i < states.Count && SettingValues.Same(path, SettingPath.Parse(path).Get(states[i].Document.Root), node); i++)
        {
            since = i;
        }

        if (since < 0)
        {
            return (null, null);
        }

        var act = states[since].Act;
        var origin = new BlameOrigin
        {
            At = act.Ended ?? act.At,
            Who = act.Principal,
            Source = BlameSource.GoogleLog,
            Client = act.UserAgent,
            GoogleEntry = act.InsertIds is [var first, ..] ? first : "",
            OrBefore = since == states.Count - 1 && !act.Method.StartsWith("Create", StringComparison.Ordinal),
        };
        return (origin, since + 1 < states.Count ? SettingWords.Value(path, SettingPath.Parse(path).Get(states[since + 1].Document.Root), states[since + 1].Document) : null);
    }

    private static bool IsOfService(string path) =>
        path == "traffic" || path == "ingress" || path == "launchStage" || path == "description" || path.StartsWith("scaling.", StringComparison.Ordinal);
}
