namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>A folder for what was read from logs: whoever else has an account on the machine does not look into it.</summary>
public static class PrivateFolder
{
    /// <summary>Makes it for its owner alone, where it is not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
