using System.Globalization;
using OpsConsole.Core.AuditTrail.Completeness;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Completeness;

/// <summary>Filtering and sorting of the rows of a report.</summary>
public static class CompletenessRows
{
    private static readonly Dictionary<string, Func<CompletenessRow, IComparable?>> Values = new(StringComparer.Ordinal)
    {
        ["time"] = static row => row.Request.Start,
        ["status"] = static row => row.Request.Status,
        ["after"] = static row => row.After,
        ["recorded"] = static row => row.Event?.RecordedAt,
    };

    /// <summary>Columns by which one can sort.</summary>
    public static IReadOnlyCollection<string> SortKeys => Values.Keys;

    /// <summary>The qualifiers of the filter box.</summary>
    public static FilterFields<CompletenessRow> Fields { get; } = new(
        [
            new("path", "path of the request", "path:/orders", static row => [row.Request.Path]),
            new("method", "HTTP method", "method:POST", static row => [row.Request.Method]),
            new("status", "HTTP status", "status:201", static row => [row.Request.Status.ToString(CultureInfo.InvariantCulture)], static row => row.Request.Status),
            new("after", "seconds from the response to the event", "after:>5", static _ => [], static row => row.After?.TotalSeconds),
            new("action", "action of the event", "action:order.created", static row => [row.Event?.Action ?? ""]),
            new("workspace", "workspace of the event", "workspace:ws-101", static row => [row.Event?.Workspace ?? ""]),
            new("revision", "revision that answered", "revision:00007", static row => [row.Request.Revision.Revision]),
            new("trace", "trace id", "trace:4bf92f35", static row => [row.Request.TraceId ?? ""]),
            new("clock", "source where the source's own clock decided", "clock:source", static row => [row.BySourceClock ? "source" : "recorded"]),
        ],
        static row => [row.Request.Path, row.Request.InsertId, row.Request.TraceId ?? "", row.Event?.Action ?? "", row.Event?.Id ?? ""]);

    /// <summary>The rows of one state that match, in order.</summary>
    public static IReadOnlyList<CompletenessRow> Of(CompletenessReport report, CompletenessState state, string filter, TableSort sort) =>
        [.. TableOrder.By(Fields.Where(report.Rows.Where(row => row.State == state), FilterQuery.Parse(filter)), Values[sort.Column], sort.Descending)];

    /// <summary>The gravest state that a report has; in time where nothing else is.</summary>
    public static CompletenessState Gravest(CompletenessReport report) =>
        CompletenessWords.All.Cast<CompletenessState?>().FirstOrDefault(state => report.Count(state!.Value) > 0) ?? CompletenessState.InTime;
}
