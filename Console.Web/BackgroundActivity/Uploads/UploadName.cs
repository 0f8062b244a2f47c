namespace OpsConsole.Web.BackgroundActivity.Uploads;

/// <summary>The name of an uploaded file, for screens only: it never becomes a path.</summary>
internal static class UploadName
{
    private const int MaxLength = 120;

    /// <summary>Last part of a path of any system, without control characters, shortened.</summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var text = new string([.. last.Where(static c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)]).Trim();
        return text.Length switch
        {
            0 => "upload",
            > MaxLength => text[..MaxLength].TrimEnd('\uD83D', '\uD83C'),
            _ => text,
        };
    }
}
