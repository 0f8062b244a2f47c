using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Hosting;

/// <summary>The folder that holds everything the console keeps: database, keys, uploads. One server at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The embedded database.</summary>
    public string Database => DatabaseIn(Path);

    /// <summary>The key that signs the audit trail's checkpoints, unless the settings name another file.</summary>
    public string AuditKey => System.IO.Path.Combine(Path, "audit.key");

    /// <summary>Copies of the audit trail's checkpoints, unless the settings name other folders.</summary>
    public string Anchors => System.IO.Path.Combine(Path, "anchors");

    /// <summary>Uploaded exports.</summary>
    public string Uploads => System.IO.Path.Combine(Path, "uploads");

    /// <summary>Windows of past logs.</summary>
    public string Windows => System.IO.Path.Combine(Path, "windows");

    /// <summary><c>opsconsole</c> in the user's data folder (<c>$XDG_DATA_HOME</c>, <c>~/.local/share</c>, <c>%LOCALAPPDATA%</c>).</summary>
    public static string Default()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return System.IO.Path.Combine(home.Length > 0 ? home : System.IO.Path.GetTempPath(), "opsconsole");
    }

    /// <summary>The embedded database of a data folder, for verbs that work beside a server.</summary>
    public static string DatabaseIn(string path) => System.IO.Path.Combine(path, "console.db");

    /// <summary>Null when the folder exists or can be made, and can be written to; else why not.</summary>
    public static string? WhyUnusable(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                return "is a file.";
            }

            Directory.CreateDirectory(path);
            var probe = System.IO.Path.Combine(path, $".write-{Guid.NewGuid():N}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"cannot be used: {e.Message}";
        }
    }

    /// <summary>Opens the folder for a server.</summary>
    /// <exception cref="StartException">Another server has it open, or it cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(path);
            var folder = new DataFolder(path, FileLock.TryTake(System.IO.Path.Combine(path, "server.lock"))
                ?? throw new StartException($"another OpsConsole is using the data folder {path}. Stop it, or choose another folder with --data DIR."));
            PrivateFolder.Make(folder.Uploads);
            if (!OperatingSystem.IsWindows() && !File.Exists(folder.Database))
            {
                // It will hold the keys that sign cookies: for this user alone. SQLite gives its other files the same mode.
                File.Create(folder.Database).Dispose();
                File.SetUnixFileMode(folder.Database, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the data folder {path} cannot be used: {e.Message} Make room or give the console's user the right to write there, or choose another folder with --data DIR.", e);
        }
    }

    /// <summary>Lets the next server in.</summary>
    public void Dispose() => _lock.Dispose();
}
