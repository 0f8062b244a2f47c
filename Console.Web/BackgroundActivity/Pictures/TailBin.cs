namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>One bin of the tail histogram.</summary>
/// <param name="FromSeconds">Lower edge, within the bin.</param>
/// <param name="ToSeconds">Upper edge, not within it; null for the last, open one.</param>
/// <param name="Requests">Requests whose tail lies in it.</param>
public readonly record struct TailBin(double FromSeconds, double? ToSeconds, int Requests)
{
    /// <summary>For example <c>1.0 s to 2.0 s</c>.</summary>
    public string Words => ToSeconds is { } to ? $"{Edge(FromSeconds)} to {Edge(to)}" : $"over {Edge(FromSeconds)}";

    /// <summary>The lower edge in words, for the axis.</summary>
    public static string Edge(double seconds) => seconds switch
    {
        0 => "0",
        < 1 => $"{seconds * 1000:0} ms",
        < 60 => $"{seconds:0} s",
        < 3600 => $"{seconds / 60:0} min",
        _ => $"{seconds / 3600:0} h",
    };
}
