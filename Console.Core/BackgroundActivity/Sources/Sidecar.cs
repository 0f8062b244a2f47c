using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>Small JSON files beside uploads and windows. Written to a second file first, so that a crash leaves the old one.</summary>
internal static class Sidecar
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes one.</summary>
    /// <exception cref="IOException">The disk is full, or the folder is gone.</exception>
    public static void Write<T>(string path, T value)
    {
        var next = path + ".next";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(value, Indented));
        File.Move(next, path, overwrite: true);
    }

    /// <summary>All that can be read in a folder, with the ids that their names carry.</summary>
    public static IEnumerable<(AnalysisId Id, T Record)> ReadAll<T>(string folder, SourceKind kind, ILogger logger)
        where T : class
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (!AnalysisId.TryParse(Path.GetFileNameWithoutExtension(path), out var id) || id.Kind != kind)
            {
                continue;
            }

            T? record = null;
            try
            {
                record = JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Indented);
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
            {
                Log.BadSidecar(logger, path, e.Message);
            }

            if (record is not null)
            {
                yield return (id, record);
            }
        }
    }

    /// <summary>Deletes a file that may not exist; says in the log when it cannot.</summary>
    public static void Delete(string path, ILogger logger)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotDeleted(logger, path, e.Message);
        }
    }
}
