using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>A hash of the tree: always 32 bytes (SHA-256), so that no proof can smuggle in a shorter one.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private readonly ulong a;
    private readonly ulong b;
    private readonly ulong c;
    private readonly ulong d;

    /// <summary>A hash from its bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly 32 of them.</exception>
    public MerkleHash(ReadOnlySpan<byte> bytes)
    {
        this = bytes.Length == Size
            ? MemoryMarshal.Read<MerkleHash>(bytes)
            : throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
    }

    /// <summary>The bytes, without a copy.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<MerkleHash>(in this));

    /// <summary>Reads the base64 of a checkpoint or proof line; false unless it is the canonical spelling of 32 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<char> base64, out MerkleHash hash)
    {
        hash = default;
        if (base64.Length != 44 || !StrictBase64.TryDecode(base64, out var bytes) || bytes.Length != Size)
        {
            return false;
        }

        hash = new MerkleHash(bytes);
        return true;
    }

    /// <summary>Hashes that lie one after the other, as in a tile, without a copy.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of 32.</exception>
    public static ReadOnlySpan<MerkleHash> Many(ReadOnlySpan<byte> bytes) => bytes.Length % Size == 0
        ? MemoryMarshal.Cast<byte, MerkleHash>(bytes)
        : throw new ArgumentException($"{bytes.Length} bytes are no whole number of hashes.", nameof(bytes));

    /// <summary>Lower-case hexadecimal.</summary>
    public string ToHex() => Convert.ToHexStringLower(Bytes);

    /// <summary>Base64, as in checkpoints and proofs.</summary>
    public override string ToString() => Convert.ToBase64String(Bytes);

    /// <summary>Room for one hash, to be written by a hash function.</summary>
    internal static Span<byte> Writable(ref MerkleHash hash) => MemoryMarshal.AsBytes(new Span<MerkleHash>(ref hash));
}
