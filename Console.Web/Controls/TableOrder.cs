namespace OpsConsole.Web.Controls;

/// <summary>Orders rows by a value that may be absent: what is not known stands last in both directions.</summary>
public static class TableOrder
{
    /// <summary>Stable: equal rows stay as they were.</summary>
    public static IEnumerable<TRow> By<TRow>(IEnumerable<TRow> rows, Func<TRow, IComparable?> key, bool descending)
    {
        var known = rows.OrderBy(row => key(row) is null or "");
        return descending ? known.ThenByDescending(key, Order) : known.ThenBy(key, Order);
    }

    private static readonly Comparer<IComparable?> Order = Comparer<IComparable?>.Create(static (a, b) =>
        a is string left && b is string right ? string.CompareOrdinal(left, right) : Comparer<IComparable?>.Default.Compare(a, b));
}
