using System.Globalization;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>What the list of jobs can be filtered by, and its order.</summary>
public static class JobFields
{
    /// <summary>The qualifiers.</summary>
    public static FilterFields<Job> Filter { get; } = new(
        [
            new("state", "ready, failed, deploying", "state:failed", static j => [CloudRunWords.Of(j.TerminalCondition?.State)]),
            new("last", "how the latest execution ended: succeeded, failed, running", "last:failed", static j => [ExecutionWords.Of(j.LatestCreatedExecution)]),
            new("region", "part of the region's name", "region:europe", static j => [j.Name.Location]),
            new("project", "part of the project id", "project:prod", static j => [j.Name.Project]),
            new("label", "name or name=value of a label", "label:team=pay", static j => j.Labels.Select(static l => $"{l.Key}={l.Value}")),
            new("tasks", "tasks of an execution", "tasks:>1", static j => [j.TaskCount.ToString(CultureInfo.InvariantCulture)], static j => j.TaskCount),
            new("by", "who changed it last", "by:ada", static j => [j.LastModifier]),
        ],
        static j => [j.Name.Id]);

    /// <summary>The lines of help.</summary>
    public static IReadOnlyList<FilterHint> Hints { get; } = [.. Filter.All.Select(static f => new FilterHint(f.Key, f.Meaning, f.Example))];

    /// <summary>Keys of the columns that sort.</summary>
    public static IReadOnlyList<string> SortKeys { get; } = ["name", "state", "project", "region", "tasks", "retries", "timeout", "executions", "last", "ran", "changed", "by"];

    /// <summary>Rows that match, in order.</summary>
    public static IReadOnlyList<Job> Apply(IEnumerable<Job> jobs, FilterQuery query, TableSort sort)
    {
        var byName = Filter.Where(jobs, query).OrderBy(static j => j.Name.Id, StringComparer.Ordinal).ThenBy(static j => j.Name.Value, StringComparer.Ordinal);
        return [.. TableOrder.By(byName, Key(sort.Column), sort.Descending)];
    }

    private static Func<Job, IComparable?> Key(string column) => column switch
    {
        "state" => static j => CloudRunWords.Of(j.TerminalCondition?.State),
        "project" => static j => j.Name.Project,
        "region" => static j => j.Name.Location,
        "tasks" => static j => j.TaskCount,
        "retries" => static j => j.MaxRetries,
        "timeout" => static j => j.Timeout,
        "executions" => static j => j.ExecutionCount,
        "last" => static j => ExecutionWords.Of(j.LatestCreatedExecution),
        "ran" => static j => j.LatestCreatedExecution?.CreateTime,
        "changed" => static j => j.UpdateTime,
        "by" => static j => j.LastModifier,
        _ => static j => j.Name.Id,
    };
}
