namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>The checksum of zip files (polynomial 0xEDB88320). It finds accidents, not attacks; .NET's own is in a package that is not needed otherwise.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = Make();

    /// <summary>Goes on with some bytes; begins with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (var b in bytes)
        {
            crc = Table[(byte)crc ^ b] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] Make()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
            }

            table[i] = value;
        }

        return table;
    }
}
