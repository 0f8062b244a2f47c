using System.Globalization;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>Numbers in sentences.</summary>
public static class Words
{
    /// <summary>Seconds as people say them: <c>40 ms</c>, <c>1.3 s</c>, <c>2 min 5 s</c>, <c>1 h 4 min</c>.</summary>
    public static string Duration(double seconds)
    {
        var whole = (long)Math.Round(seconds);
        var minutes = (long)Math.Round(seconds / 60);
        FormattableString text = seconds switch
        {
            < 0.9995 => $"{seconds * 1000:0} ms",
            < 9.95 => $"{seconds:0.0} s",
            < 59.5 => $"{seconds:0} s",
            < 3599.5 when whole % 60 == 0 => $"{whole / 60} min",
            < 3599.5 => $"{whole / 60} min {whole % 60} s",
            _ when minutes % 60 == 0 => $"{minutes / 60} h",
            _ => $"{minutes / 60} h {minutes % 60} min",
        };
        return FormattableString.Invariant(text);
    }

    /// <summary>Bytes as people say them: <c>4 KB</c>, <c>1.2 GB</c> (powers of 1,000).</summary>
    public static string Bytes(long bytes)
    {
        FormattableString text = bytes switch
        {
            < 1_000 => $"{bytes} B",
            < 1_000_000 => $"{bytes / 1e3:0} KB",
            < 1_000_000_000 => $"{bytes / 1e6:0} MB",
            _ => $"{bytes / 1e9:0.0} GB",
        };
        return FormattableString.Invariant(text);
    }

    /// <summary><c>1 request</c>, <c>12,404 requests</c>.</summary>
    public static string Count(long number, string one, string many) =>
        number == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{number:N0} {many}");
}
