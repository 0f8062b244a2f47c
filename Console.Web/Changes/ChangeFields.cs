using OpsConsole.Core.Changes.Running;
using OpsConsole.Web.Changes.Forms;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Changes;

/// <summary>By what changes are filtered and sorted.</summary>
public static class ChangeFields
{
    private static readonly Dictionary<string, Func<ChangeRun, IComparable?>> Values = new(StringComparer.Ordinal)
    {
        ["change"] = static r => r.Title,
        ["state"] = ChangeWords.Of,
        ["resource"] = static r => r.Resource.Id,
        ["by"] = static r => r.ActorName,
        ["started"] = static r => r.StartedAt,
        ["took"] = static r => r.EndedAt - r.StartedAt,
    };

    /// <summary>Columns by which one can sort.</summary>
    public static IReadOnlyCollection<string> SortKeys => Values.Keys;

    /// <summary>The qualifiers of the filter box.</summary>
    public static FilterFields<ChangeRun> Filter { get; } = new(
        [
            new("service", "name of the service, worker pool or job", "service:checkout", static r => [r.Resource.Id]),
            new("kind", "service, worker pool or job", "kind:job", static r => [ChangeSubject.NounOf(r.Resource)]),
            new("state", "in effect, failed, under way, not applied, outcome unknown", "state:failed", static r => [ChangeWords.Of(r)]),
            new("by", "who changed it", "by:sam", static r => [r.ActorName, r.ActorId]),
            new("region", "region", "region:europe", static r => [r.Resource.Location]),
            new("project", "project", "project:acme", static r => [r.Resource.Project]),
            new("revision", "revision or execution that it made", "revision:00007", static r => [r.Revision]),
        ],
        static r => [r.Title, r.Resource.Id, r.Reason, .. r.Settings.Select(static s => s.Name)]);

    /// <summary>What the qualifiers mean, for the filter box.</summary>
    public static IReadOnlyList<FilterHint> Hints { get; } = [.. Filter.All.Select(static f => new FilterHint(f.Key, f.Meaning, f.Example))];

    /// <summary>Changes that match, in an order: those under way first, then as asked; equal ones newest first.</summary>
    public static IReadOnlyList<ChangeRun> Apply(IEnumerable<ChangeRun> runs, FilterQuery query, TableSort sort)
    {
        var value = Values[sort.Column];
        var known = Filter.Where(runs, query).OrderBy(IsOver).ThenBy(r => value(r) is null);
        var ordered = sort.Descending ? known.ThenByDescending(value) : known.ThenBy(value);
        return [.. ordered.ThenByDescending(static r => r.StartedAt).ThenBy(static r => r.Id, StringComparer.Ordinal)];
    }

    // From the trail alone, a change without an outcome may be under way in another console.
    private static bool IsOver(ChangeRun run) => run.IsOver;
}
