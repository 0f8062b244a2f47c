using System.Runtime.InteropServices;

namespace OpsConsole.Core.Logs;

/// <summary>
/// An insertId in 12 bytes. Cloud Run's own are 24 hexadecimal digits, 8 of Unix seconds, 8 of microseconds and 8 random,
/// and name the time of WRITING: for a request entry, its end (undocumented; a hint). Any other id lies in the
/// table's side store, and <see cref="Hex"/> is its number there with the top bit set.
/// </summary>
/// <param name="Hex">First 16 digits: seconds in the high 32 bits, microseconds in the low. Or, with bit 63 set, the number of a side string.</param>
/// <param name="Tail">Last 8 digits.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct InsertId(ulong Hex, uint Tail)
{
    /// <summary>True when the id is not 24 lower-case hexadecimal digits, and its text lies in the side store.</summary>
    public bool IsSide => (Hex & (1UL << 63)) != 0;

    /// <summary>The time inside the id in nanoseconds since the Unix epoch; 0 when it holds none.</summary>
    public long WriteTimeNs =>
        IsSide || (uint)Hex >= 1_000_000 ? 0 : ((long)(Hex >> 32) * 1_000_000_000) + ((long)(uint)Hex * 1000);
}
