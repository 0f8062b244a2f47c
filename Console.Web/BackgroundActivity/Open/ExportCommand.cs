using System.Globalization;

namespace OpsConsole.Web.BackgroundActivity.Open;

/// <summary>The command that exports what the analysis needs.</summary>
public static class ExportCommand
{
    /// <summary>
    /// Requests, container lines and messages of the platform of a day. With a time in the filter gcloud reads all of it
    /// (without one only the last day), and without --limit it cuts nothing.
    /// </summary>
    public static string For(string project, DateTimeOffset from, DateTimeOffset to) =>
        $"gcloud logging read 'resource.type=\"cloud_run_revision\" AND timestamp>=\"{Print(from)}\" AND timestamp<\"{Print(to)}\"' "
        + $"--project={project} --order=asc --format=json > export.json";

    private static string Print(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
