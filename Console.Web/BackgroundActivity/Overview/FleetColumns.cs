using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.Overview;

/// <summary>By what the fleet is sorted and filtered.</summary>
public static class FleetColumns
{
    private static readonly Dictionary<string, Func<FleetRow, IComparable?>> Values = new(StringComparer.Ordinal)
    {
        ["service"] = row => row.Summary.Key.Service,
        ["region"] = row => row.Summary.Key.Location,
        ["revision"] = row => row.Summary.Key.Revision,
        ["verdict"] = row => row.Gravity,
        ["requests"] = row => row.Summary.Requests,
        ["with-late"] = row => row.Summary.RequestsWithAfterResponse,
        ["share"] = row => row.Summary.Requests == 0 ? null : (double)row.Summary.RequestsWithAfterResponse / row.Summary.Requests,
        ["entries"] = row => row.LateEntries,
        ["longest"] = row => row.Summary.MaxTailSeconds,
        ["p95"] = row => row.Summary.P95TailSeconds,
        ["p50"] = row => row.Summary.P50TailSeconds,
        ["idle"] = row => row.Summary.IdleInstanceEntries,
        ["resumed"] = row => row.Summary.ResumedEntries,
        ["freeze"] = row => row.Summary.LongestFreezeSeconds,
        ["lost"] = row => row.Summary.ProbablyLost,
    };

    /// <summary>Columns by which one can sort.</summary>
    public static IReadOnlyCollection<string> Keys => Values.Keys;

    /// <summary>The qualifiers of the filter box.</summary>
    public static FilterFields<FleetRow> Fields { get; } = new(
        [
            new("service", "name of the service", "service:checkout", row => [row.Summary.Key.Service]),
            new("verdict", "at-risk, has-cpu, quiet or cannot-tell", "verdict:at-risk", row => [EntryWords.VerdictKey(row.Summary.Verdict), EntryWords.Verdict(row.Summary.Verdict)]),
            new("region", "region", "region:europe", row => [row.Summary.Key.Location]),
            new("project", "project", "project:acme", row => [row.Summary.Key.Project]),
            new("revision", "name of the revision", "revision:00007", row => [row.Summary.Key.Revision]),
            new("requests", "number of requests", "requests:>100", _ => [], row => row.Summary.Requests),
            new("late", "requests with work after the response", "late:>0", _ => [], row => row.Summary.RequestsWithAfterResponse),
            new("longest", "longest work after the response, in seconds", "longest:>5", _ => [], row => row.Summary.MaxTailSeconds),
            new("idle", "lines while no request ran", "idle:>0", _ => [], row => row.Summary.IdleInstanceEntries),
            new("lost", "requests whose work was probably lost", "lost:>0", _ => [], row => row.Summary.ProbablyLost),
        ],
        row => [row.Summary.Key.Service, row.Summary.Key.Revision]);

    /// <summary>Rows in an order; rows without a value come last either way, and equal ones by service and revision.</summary>
    public static IReadOnlyList<FleetRow> Ordered(IEnumerable<FleetRow> rows, TableSort sort)
    {
        var value = Values[sort.Column];
        var known = rows.OrderBy(row => value(row) is null);
        var ordered = sort.Descending ? known.ThenByDescending(value) : known.ThenBy(value);
        return
        [
            .. ordered
                .ThenByDescending(row => row.LateEntries + row.Summary.IdleInstanceEntries)
                .ThenBy(row => row.Summary.Key.Service, StringComparer.Ordinal)
                .ThenByDescending(row => row.Summary.Key.Revision, StringComparer.Ordinal),
        ];
    }
}
