using System.Runtime.InteropServices;
using System.Text;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Native;

/// <summary>
/// Files that are there, whole and new, or old and whole, after a crash at any moment: written beside, synced, renamed, and the folder
/// synced too, without which the rename itself may be lost (fsync(2)).
/// </summary>
internal static class DurableFile
{
    /// <summary>Writes a file in place of the one with this name.</summary>
    /// <exception cref="IOException">The disk is full or broken; the old file is still there.</exception>
    public static void Replace(string path, string text, UnixFileMode mode) => Replace(path, Encoding.UTF8.GetBytes(text), mode);

    /// <summary>The same for bytes.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode)
    {
        var beside = $"{path}.new";

        // What a crash may have left there: its mode would stay.
        File.Delete(beside);
        WriteBeside(beside, bytes, mode);
        File.Move(beside, path, overwrite: true);
        CrashPoints.At(CrashStep.FileRenamed);
        SyncFolderOf(path);
    }

    /// <summary>Makes a file that nobody has made yet; it has its name only when it is whole.</summary>
    /// <returns>False where the name is taken: what is there stays.</returns>
    /// <exception cref="IOException">The disk is full or broken; there is no file of this name.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode)
    {
        // A name of its own: two processes may begin at once.
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            WriteBeside(beside, bytes, mode);

            // On Unix this is link(2) and unlink(2): it fails when the name is there.
            File.Move(beside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(beside);
        }

        CrashPoints.At(CrashStep.FileRenamed);
        SyncFolderOf(path);
        return true;
    }

    /// <summary>Makes a new or renamed name last. Windows does so by itself.</summary>
    /// <exception cref="IOException">The folder cannot be synced.</exception>
    public static void SyncFolderOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no folders as files, so this asks the C library.
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var descriptor = Open([.. Encoding.UTF8.GetBytes(folder), 0], 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened (errno {Marshal.GetLastPInvokeError()}).");
        }

        var result = Sync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"The folder {folder} cannot be synced (errno {error}).");
        }
    }

    private static void WriteBeside(string beside, ReadOnlySpan<byte> bytes, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using (var stream = new FileStream(beside, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        CrashPoints.At(CrashStep.FileWrittenBeside);
    }

    [DllImport("libc", EntryPoint = "open", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
