using OpsConsole.Core.AuditTrail.Native;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// A file of private keys, one a line (<see cref="SigningKey.ToSecretText"/>), readable by its owner alone. Several lines are a rotation:
/// all of them sign, the first is the one to show. Lines that begin with # say what people want to say.
/// </summary>
public static class SigningKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the keys; at the first start, makes one.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="name">Name of a key that is made; ignored when the file exists.</param>
    /// <exception cref="KeyFileException">The file cannot be used, and why.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 on this machine.</exception>
    public static IReadOnlyList<SigningKey> ReadOrCreate(string path, string name)
    {
        try
        {
            if (!File.Exists(path))
            {
                Create(path, SigningKey.Generate(name));
            }

            // Also after making one: what counts is what the next start will find.
            return Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new KeyFileException($"The key file {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Reads the keys.</summary>
    /// <exception cref="KeyFileException">The file cannot be used, and why.</exception>
    public static IReadOnlyList<SigningKey> Read(string path)
    {
        string[] lines;
        try
        {
            // Cloud Run mounts secrets with mode 0444, read-only, into a container that has one user: there are no others there.
            var alone = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("K_SERVICE"));
            if (!OperatingSystem.IsWindows() && !alone && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                throw new KeyFileException($"The key file {path} is open to others than its owner. Close it with: chmod 600 {path}. If others may have read it, make a new key.");
            }

            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The key file {path} cannot be read: {e.Message}", e);
        }

        var keys = new List<SigningKey>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            keys.Add(SigningKey.TryParse(line, out var key, out var problem)
                ? key
                : throw new KeyFileException($"Line {i + 1} of the key file {path}: {problem}"));
        }

        return keys.Count > 0 ? keys : throw new KeyFileException($"The key file {path} has no key. Delete it to have one made.");
    }

    /// <summary>Puts a new key in front: from then on old and new sign together, until the old line is removed by hand.</summary>
    /// <exception cref="KeyFileException">The file cannot be used, and why.</exception>
    public static SigningKey Rotate(string path)
    {
        var keys = Read(path);
        var fresh = SigningKey.Generate(keys[0].Name);
        try
        {
            DurableFile.Replace(path, string.Concat(keys.Prepend(fresh).Select(static k => $"{k.ToSecretText()}\n")), OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The key file {path} cannot be written: {e.Message}", e);
        }

        return fresh;
    }

    // Whole or not at all: an empty key file, which a crash between making and writing would leave, stops every start after it.
    // Where another process was first, its key is the one.
    private static void Create(string path, SigningKey key) => DurableFile.TryCreate(path, NoteText.Bytes($"{key.ToSecretText()}\n"), OwnerOnly);
}
