using System.Runtime.InteropServices;
using System.Text;

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
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        // What a crash may have left there: its mode would stay.
        File.Delete(beside);
        using (var stream = new FileStream(beside, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        SyncFolderOf(path);
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
