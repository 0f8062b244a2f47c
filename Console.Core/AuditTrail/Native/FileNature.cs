using System.Runtime.InteropServices;
using System.Text;

namespace OpsConsole.Core.AuditTrail.Native;

/// <summary>
/// What a name stands for, without opening it: to open a named pipe waits for whoever writes to it, and a device may never end. .NET tells a folder and
/// a link from a file, but no pipe, socket or device; Linux does, by statx(2), whose answer is the same on all processors. Elsewhere nothing is said.
/// Delete when .NET has the kind of a file by its name.
/// </summary>
internal static class FileNature
{
    private const int CurrentFolder = -100;
    private const uint Type = 1;
    private const int ModeAt = 28;
    private const int TypeBits = 0xF000;
    private const int Length = 256;

    /// <summary>Null for an ordinary file or a folder, for what is not there, and where that cannot be told; else what it is, as a phrase.</summary>
    /// <param name="path">The name. Links are followed.</param>
    public static string? OtherThanFile(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // struct statx, linux/stat.h: masks and numbers up to byte 28, then the mode in 16 bits.
        var answer = new byte[Length];
        try
        {
            if (Statx(CurrentFolder, [.. Encoding.UTF8.GetBytes(path), 0], 0, Type, answer) != 0)
            {
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library before 2018.
            return null;
        }

        // inode(7), "The file type and mode".
        return (BitConverter.ToUInt16(answer, ModeAt) & TypeBits) switch
        {
            0x1000 => "a named pipe",
            0xC000 => "a socket",
            0x2000 or 0x6000 => "a device",
            _ => null,
        };
    }

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint wanted, [Out] byte[] answer);
}
