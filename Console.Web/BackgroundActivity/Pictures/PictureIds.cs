using System.Globalization;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>Ids of elements that pictures refer to (patterns, captions): unique in the process, hence in every page.</summary>
public static class PictureIds
{
    private static long _last;

    /// <summary>A new id.</summary>
    public static string Next(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref _last)}");
}
