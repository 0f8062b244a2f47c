namespace OpsConsole.Web.Controls;

/// <summary>The order of a table as addresses write it: <c>name</c>, or <c>-deployed</c> for descending.</summary>
/// <param name="Column">Key of the column.</param>
/// <param name="Descending">Largest or latest first.</param>
public sealed record TableSort(string Column, bool Descending)
{
    /// <summary>From an address; <paramref name="fallback"/> where it is absent, malformed or names no known column.</summary>
    public static TableSort Parse(string? text, TableSort fallback, IReadOnlyCollection<string> columns)
    {
        var descending = text is ['-', ..];
        var column = descending ? text![1..] : text ?? "";
        return columns.Contains(column, StringComparer.Ordinal) ? new TableSort(column, descending) : fallback;
    }

    /// <summary>What a click on a column's head asks for: the other direction where it is the same column.</summary>
    public TableSort Toggle(string column, bool descendingFirst) =>
        column == Column ? this with { Descending = !Descending } : new TableSort(column, descendingFirst);

    /// <inheritdoc />
    public override string ToString() => Descending ? $"-{Column}" : Column;
}
