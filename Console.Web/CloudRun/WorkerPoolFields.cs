using System.Globalization;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>What the list of worker pools can be filtered by, and its order.</summary>
public static class WorkerPoolFields
{
    /// <summary>The qualifiers.</summary>
    public static FilterFields<WorkerPool> Filter { get; } = new(
        [
            new("state", "ready, failed, deploying", "state:failed", static p => [CloudRunWords.Of(p.TerminalCondition?.State)]),
            new("region", "part of the region's name", "region:europe", static p => [p.Name.Location]),
            new("project", "part of the project id", "project:prod", static p => [p.Name.Project]),
            new("label", "name or name=value of a label", "label:team=pay", static p => p.Labels.Select(static l => $"{l.Key}={l.Value}")),
            new("instances", "instances that run", "instances:>0", static p => p.ManualInstanceCount is { } n ? [n.ToString(CultureInfo.InvariantCulture)] : [], static p => p.ManualInstanceCount),
            new("by", "who changed it last", "by:ada", static p => [p.LastModifier]),
        ],
        static p => [p.Name.Id]);

    /// <summary>The lines of help.</summary>
    public static IReadOnlyList<FilterHint> Hints { get; } = [.. Filter.All.Select(static f => new FilterHint(f.Key, f.Meaning, f.Example))];

    /// <summary>Keys of the columns that sort.</summary>
    public static IReadOnlyList<string> SortKeys { get; } = ["name", "state", "project", "region", "instances", "cpu", "memory", "revision", "changed", "by"];

    /// <summary>Rows that match, in order.</summary>
    public static IReadOnlyList<WorkerPool> Apply(IEnumerable<WorkerPool> pools, FilterQuery query, TableSort sort)
    {
        var byName = Filter.Where(pools, query).OrderBy(static p => p.Name.Id, StringComparer.Ordinal).ThenBy(static p => p.Name.Value, StringComparer.Ordinal);
        return [.. TableOrder.By(byName, Key(sort.Column), sort.Descending)];
    }

    private static Func<WorkerPool, IComparable?> Key(string column) => column switch
    {
        "state" => static p => CloudRunWords.Of(p.TerminalCondition?.State),
        "project" => static p => p.Name.Project,
        "region" => static p => p.Name.Location,
        "instances" => static p => p.ManualInstanceCount,
        "cpu" => static p => p.Template.CpuMillis(),
        "memory" => static p => p.Template.MemoryBytes(),
        "revision" => static p => p.LatestReadyRevision,
        "changed" => static p => p.UpdateTime,
        "by" => static p => p.LastModifier,
        _ => static p => p.Name.Id,
    };
}
