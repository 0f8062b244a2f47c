using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// How far the console's verification has come, over restarts: a small file beside the keys. Not in the database, whose tables a verification does not
/// believe: whoever could write there could have leaves skipped.
/// </summary>
/// <param name="path">The file.</param>
public sealed class VerifyBookmark(string path)
{
    /// <summary>What was left unfinished; null when nothing was, or when the file cannot be read.</summary>
    public UnfinishedRun? Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<UnfinishedRun>(File.ReadAllBytes(path), VerifyWords.Json) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Remembers. Where that fails, a restart of the console begins anew.</summary>
    public void Write(UnfinishedRun run)
    {
        try
        {
            var next = $"{path}.next";
            File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(run, VerifyWords.Json));
            File.Move(next, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The verification itself does not depend on it.
        }
    }

    /// <summary>Forgets: it came to its end.</summary>
    public void Clear()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It names a run that ended; what it offers to go on with is verified once more.
        }
    }
}
