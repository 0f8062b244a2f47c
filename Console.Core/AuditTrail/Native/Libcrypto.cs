using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace OpsConsole.Core.AuditTrail.Native;

/// <summary>
/// OpenSSL 3's libcrypto, which .NET itself uses on Linux. Needed for Ed25519, which .NET 10 does not have, and used for SHA-256
/// of short inputs, where .NET's own call spends most of its time on set-up.
/// Delete the Ed25519 half when System.Security.Cryptography has the algorithm.
/// </summary>
internal static class Libcrypto
{
    // Versioned names only: on macOS, loading the unversioned libcrypto.dylib ends the process.
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"]
            : ["libcrypto.so.3"];

    private static readonly nint Library = Load();

    /// <summary>What to do where it is missing, as a sentence for people.</summary>
    public static string Missing { get; } =
        $"OpenSSL 3 is needed for Ed25519 signatures, and none of {string.Join(", ", Names)} was found. "
        + (OperatingSystem.IsWindows()
            ? "Install OpenSSL 3 for Windows and put its folder on PATH."
            : OperatingSystem.IsMacOS() ? "Install it with: brew install openssl@3." : "Install it with: apt-get install libssl3 (or your system's openssl 3 package).");

    /// <summary>True when the library was found.</summary>
    public static bool IsPresent => Library != 0;

    /// <summary>The address of a function; 0 when the library or the function is missing.</summary>
    public static nint Find(string function) =>
        Library != 0 && NativeLibrary.TryGetExport(Library, function, out var address) ? address : 0;

    /// <summary>The address of a function.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 on this machine.</exception>
    public static nint Get(string function)
    {
        var address = Find(function);
        return address != 0 ? address : throw new PlatformNotSupportedException(Missing);
    }

    [SuppressMessage("Interoperability", "CA1416", Justification = "NativeLibrary works on every platform the console runs on.")]
    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return library;
            }
        }

        return 0;
    }
}
