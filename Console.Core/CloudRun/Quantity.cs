using System.Globalization;

namespace OpsConsole.Core.CloudRun;

/// <summary>
/// Kubernetes quantities as Cloud Run's <c>resources.limits</c> use them: <c>1000m</c>, <c>1</c>, <c>0.5</c>, <c>512Mi</c>, <c>2Gi</c>, <c>1G</c>.
/// See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.
/// </summary>
public static class Quantity
{
    /// <summary>CPU in thousandths: <c>1000m</c>, <c>1</c> and <c>1.0</c> are 1000. False for anything else.</summary>
    public static bool TryParseCpuMillis(string? text, out int millis)
    {
        millis = 0;
        if (!TryParse(text, out var value) || value * 1000 > int.MaxValue)
        {
            return false;
        }

        millis = (int)Math.Round(value * 1000, MidpointRounding.AwayFromZero);
        return true;
    }

    /// <summary>True for an amount of CPU in whole thousandths, the step in which Cloud Run counts.</summary>
    public static bool IsWholeMillis(string? text) => TryParse(text, out var value) && value * 1000 == decimal.Truncate(value * 1000);

    /// <summary>Memory in bytes: <c>512Mi</c> is 536,870,912 and <c>512M</c> is 512,000,000. False for anything else.</summary>
    public static bool TryParseBytes(string? text, out long bytes)
    {
        bytes = 0;
        if (!TryParse(text, out var value) || value > long.MaxValue)
        {
            return false;
        }

        // Kubernetes rounds up.
        bytes = (long)Math.Ceiling(value);
        return true;
    }

    /// <summary>CPU for people: <c>1 CPU</c>, <c>0.5 CPU</c>; what cannot be parsed stays as it is.</summary>
    public static string FormatCpu(string? text) =>
        TryParseCpuMillis(text, out var millis) ? $"{(millis / 1000m).ToString("0.###", CultureInfo.InvariantCulture)} CPU" : text ?? "";

    /// <summary>Memory for people in binary units: <c>512 MiB</c>, <c>2 GiB</c>; what cannot be parsed stays as it is.</summary>
    public static string FormatMemory(string? text)
    {
        if (!TryParseBytes(text, out var bytes))
        {
            return text ?? "";
        }

        // 4097Mi is not 4 GiB: what is no quarter of a GiB is said in MiB.
        const long Quarter = (1L << 30) / 4;
        var (divisor, unit) = bytes switch
        {
            >= 1L << 30 when bytes % Quarter == 0 || bytes % (1L << 20) != 0 => (1L << 30, "GiB"),
            >= 1L << 20 => (1L << 20, "MiB"),
            >= 1L << 10 => (1L << 10, "KiB"),
            _ => (1L, "B"),
        };
        return $"{((decimal)bytes / divisor).ToString("0.##", CultureInfo.InvariantCulture)} {unit}";
    }

    private static bool TryParse(string? text, out decimal value)
    {
        value = 0;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var digits = text.Length;
        while (digits > 0 && !char.IsAsciiDigit(text[digits - 1]) && text[digits - 1] != '.')
        {
            digits--;
        }

        decimal? factor = text[digits..] switch
        {
            "" => 1m,
            "m" => 0.001m,
            "k" => 1e3m,
            "M" => 1e6m,
            "G" => 1e9m,
            "T" => 1e12m,
            "Ki" => 1024m,
            "Mi" => 1024m * 1024,
            "Gi" => 1024m * 1024 * 1024,
            "Ti" => 1024m * 1024 * 1024 * 1024,
            _ => null,
        };
        if (factor is null
            || digits > 18
            || !decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
        {
            value = 0;
            return false;
        }

        value *= factor.Value;
        return true;
    }
}
