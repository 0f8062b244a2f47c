using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The order of time, with ties broken by insertId: the same for every order of the input.</summary>
internal static class LineOrder
{
    public static int ByTime(LogTable table, int a, int b)
    {
        ref readonly var x = ref table.Lines[a];
        ref readonly var y = ref table.Lines[b];
        var order = x.TimestampNs.CompareTo(y.TimestampNs);
        return order != 0 ? order : ById(table, x.InsertId, y.InsertId);
    }

    public static int ById(LogTable table, InsertId x, InsertId y)
    {
        if (x.IsSide && y.IsSide)
        {
            // The number of a side id is its place in the input.
            return string.CompareOrdinal(table.TextOf(x), table.TextOf(y));
        }

        var order = x.Hex.CompareTo(y.Hex);
        return order != 0 ? order : x.Tail.CompareTo(y.Tail);
    }
}
