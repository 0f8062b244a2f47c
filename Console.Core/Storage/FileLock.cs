namespace OpsConsole.Core.Storage;

/// <summary>A lock on a file beside the database: it goes with the process, however that ends; the file stays.</summary>
public static class FileLock
{
    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = unchecked((int)0x8007_0020);

    /// <summary>Takes it.</summary>
    /// <returns>Null while another process has it.</returns>
    /// <exception cref="IOException">The file cannot be made or opened: the disk is full, the folder is away or may not be written.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is LinuxHeld or MacHeld or WindowsHeld)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
