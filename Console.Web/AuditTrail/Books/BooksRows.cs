using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Books;

/// <summary>Filtering and sorting of the rows of a statement.</summary>
public static class BooksRows
{
    private static readonly Dictionary<string, Func<StatementRow, IComparable?>> Values = new(StringComparer.Ordinal)
    {
        ["at"] = static row => row.At,
        ["verdict"] = static row => (int)row.Verdict,
        ["name"] = static row => row.Id,
    };

    /// <summary>Columns by which one can sort.</summary>
    public static IReadOnlyCollection<string> SortKeys => Values.Keys;

    /// <summary>The qualifiers of the filter box.</summary>
    public static FilterFields<StatementRow> Fields { get; } = new(
        [
            new("service", "name of the service or worker pool", "service:checkout", static row => [row.Id]),
            new("revision", "revision that was made", "revision:00008", static row => [row.Revision]),
            new("by", "who, by any of the three books", "by:deploy-bot", static row => [row.GoogleBy, row.LedgerBy, row.CloudBy]),
            new("what", "what was done", "what:UpdateService", static row => [row.What]),
            new("client", "program, by Google's log", "client:gcloud", static row => [row.GoogleClient]),
            new("location", "region", "location:europe-west1", static row => [row.Location]),
            new("verdict", "what the books say together", "verdict:outside", static row => [row.Verdict.Word()]),
        ],
        static row => [row.Id, row.Revision, row.What, row.GoogleBy, row.LedgerBy, row.CloudBy, row.Note, row.Reason]);

    /// <summary>What identifies a row among those of its statement.</summary>
    public static string Key(StatementRow row) => $"{row.At.UtcTicks:x}.{row.Id}.{row.Revision}{(row.EventId.Length > 0 ? row.EventId : row.Operation.Length > 0 ? row.Operation[(row.Operation.LastIndexOf('/') + 1)..] : row.Generation.ToString(System.Globalization.CultureInfo.InvariantCulture))}";

    /// <summary>The rows that match, in order.</summary>
    public static IReadOnlyList<StatementRow> Of(Statement statement, BooksPageState state) =>
        [.. TableOrder.By(Fields.Where(statement.Rows.Where(row => state.Verdict is null || row.Verdict == state.Verdict), FilterQuery.Parse(state.Filter)), Values[state.Sort.Column], state.Sort.Descending)];

    /// <summary>How a verdict looks.</summary>
    public static Meaning MeaningOf(StatementVerdict verdict) => verdict switch
    {
        StatementVerdict.Explained => Meaning.Good,
        StatementVerdict.Outside => Meaning.Late,
        StatementVerdict.Unsettled => Meaning.Unknown,
        _ => Meaning.Risk,
    };
}
