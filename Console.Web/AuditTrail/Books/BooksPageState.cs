using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Books;

/// <summary>What the address of the books says.</summary>
public sealed record BooksPageState
{
    /// <summary>Newest change first.</summary>
    public static readonly TableSort DefaultSort = new("at", Descending: true);

    /// <summary>Empty: the first project.</summary>
    public string Project { get; init; } = "";

    /// <summary>Id of a statement; empty: the newest.</summary>
    public string Statement { get; init; } = "";

    /// <summary>Null: all verdicts.</summary>
    public StatementVerdict? Verdict { get; init; }

    /// <summary>Text of the filter box.</summary>
    public string Filter { get; init; } = "";

    public TableSort Sort { get; init; } = DefaultSort;

    /// <summary>Key of the row that is open; empty: none.</summary>
    public string Row { get; init; } = "";

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(
        Urls.AuditBooks,
        ("project", Project), ("statement", Statement), ("verdict", Verdict?.Word()), ("q", Filter), ("sort", Sort == DefaultSort ? null : Sort.ToString()), ("row", Row));

    /// <summary>The address of the file.</summary>
    public string ToFile(string statement, string format) => Urls.With(Urls.AuditBooksFile, ("project", Project), ("statement", statement), ("format", format));
}
