using System.Globalization;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>CPU and memory amounts: <c>1</c>, <c>0.5</c>, <c>1000m</c>, <c>512Mi</c>, <c>2G</c>.</summary>
internal static class Quantity
{
    public const long Mebi = 1024 * 1024;

    public const long Gibi = 1024 * Mebi;

    private static readonly (string Suffix, long Factor)[] Units =
    [
        ("Ki", 1024), ("Mi", Mebi), ("Gi", Gibi), ("k", 1000), ("M", 1_000_000), ("G", 1_000_000_000), ("", 1),
    ];

    /// <summary>Thousandths of a CPU.</summary>
    public static int? MilliCpu(string text)
    {
        var milli = text.EndsWith('m');
        return decimal.TryParse(milli ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1_000_000
            ? (int)(milli ? value : value * 1000)
            : null;
    }

    /// <summary>Bytes.</summary>
    public static long? Bytes(string text)
    {
        var (suffix, factor) = Units.First(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        return decimal.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1_000_000_000_000
            ? (long)(value * factor)
            : null;
    }

    /// <summary>As Cloud Run's messages print it: <c>512Mi</c>, <c>4Gi</c>.</summary>
    public static string Print(long bytes) =>
        bytes % Gibi == 0 ? $"{(bytes / Gibi).ToString(CultureInfo.InvariantCulture)}Gi" : $"{(bytes / Mebi).ToString(CultureInfo.InvariantCulture)}Mi";
}
