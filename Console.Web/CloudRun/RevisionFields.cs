using System.Globalization;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>What the list of a service's revisions can be filtered by, and its order.</summary>
public static class RevisionFields
{
    /// <summary>The qualifiers.</summary>
    public static FilterFields<RevisionRow> Filter { get; } = new(
        [
            new("state", "ready, failed, deploying", "state:failed", static r => [CloudRunWords.Of(r.Revision.Ready?.State)]),
            Number("traffic", "share of traffic in per cent", "traffic:>0", static r => r.Percent),
            new("tag", "a tag that points to the revision", "tag:canary", static r => r.Tags),
            new("by", "who made it", "by:ada", static r => [r.Revision.Creator]),
            new("billing", "request or instance", "billing:instance", static r => [CloudRunWords.Of(r.Revision.BillingMode)]),
            Number("min", "its own minimum of instances", "min:>0", static r => r.Revision.Scaling.MinInstanceCount),
            Number("max", "its own maximum of instances", "max:<10", static r => r.Revision.Scaling.EffectiveMaximum()),
            Number("concurrency", "requests at once per instance", "concurrency:1", static r => r.Revision.EffectiveConcurrency()),
            Number("cpu", "CPUs", "cpu:>=2", static r => r.Revision.CpuMillis() / 1000d),
            Number("memory", "memory in MiB", "memory:<512", static r => r.Revision.MemoryBytes() / 1048576d),
            new("image", "part of an image", "image:sha256", static r => r.Revision.Containers.Select(static c => c.Image)),
        ],
        static r => [r.Revision.Name.Id]);

    /// <summary>The lines of help.</summary>
    public static IReadOnlyList<FilterHint> Hints { get; } = [.. Filter.All.Select(static f => new FilterHint(f.Key, f.Meaning, f.Example))];

    /// <summary>Keys of the columns that sort.</summary>
    public static IReadOnlyList<string> SortKeys { get; } =
        ["name", "state", "traffic", "created", "by", "min", "max", "concurrency", "cpu", "memory", "billing", "boost", "env"];

    /// <summary>Rows that match, in order; equal rows stay newest first.</summary>
    public static IReadOnlyList<RevisionRow> Apply(IEnumerable<RevisionRow> rows, FilterQuery query, TableSort sort)
    {
        var newestFirst = Filter.Where(rows, query).OrderByDescending(static r => r.Revision.CreateTime);
        return [.. TableOrder.By(newestFirst, Key(sort.Column), sort.Descending)];
    }

    private static Func<RevisionRow, IComparable?> Key(string column) => column switch
    {
        "state" => static r => CloudRunWords.Of(r.Revision.Ready?.State),
        "traffic" => static r => r.Percent,
        "created" => static r => r.Revision.CreateTime,
        "by" => static r => r.Revision.Creator,
        "min" => static r => r.Revision.Scaling.MinInstanceCount,
        "max" => static r => r.Revision.Scaling.EffectiveMaximum(),
        "concurrency" => static r => r.Revision.EffectiveConcurrency(),
        "cpu" => static r => r.Revision.CpuMillis(),
        "memory" => static r => r.Revision.MemoryBytes(),
        "billing" => static r => CloudRunWords.Of(r.Revision.BillingMode),
        "boost" => static r => r.Revision.StartupCpuBoost,
        "env" => static r => CloudRunWords.Of(r.Revision.ExecutionEnvironment),
        _ => static r => r.Revision.Name.Id,
    };

    private static FilterField<RevisionRow> Number(string key, string meaning, string example, Func<RevisionRow, double?> number) =>
        new(key, meaning, example, r => number(r) is { } n ? [n.ToString(CultureInfo.InvariantCulture)] : [], number);
}
