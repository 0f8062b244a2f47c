using System.Diagnostics.CodeAnalysis;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail;

/// <summary>The shape that the C2SP proof texts share: header lines, one base64 hash a line, an empty line, a checkpoint verbatim.</summary>
internal static class ProofLines
{
    /// <summary>A path of a tree below 2^63 leaves is not longer.</summary>
    public const int MaxHashes = 63;

    /// <summary>Splits at the first empty line; false when there is none or what stands before it is not UTF-8.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string[]? head, out ReadOnlySpan<byte> checkpoint)
    {
        head = null;
        checkpoint = default;
        var split = bytes.IndexOf("\n\n"u8);
        if (split < 0 || !Notes.NoteText.TryRead(bytes[..split], out var text))
        {
            return false;
        }

        head = text.Split('\n');
        checkpoint = bytes[(split + 2)..];
        return true;
    }

    /// <summary>Reads hashes; false when one is not the base64 of 32 bytes, or there are too many.</summary>
    public static bool TryRead(ReadOnlySpan<string> lines, int max, [NotNullWhen(true)] out MerkleHash[]? hashes)
    {
        hashes = null;
        if (lines.Length > max)
        {
            return false;
        }

        var read = new MerkleHash[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            if (!MerkleHash.TryParse(lines[i], out read[i]))
            {
                return false;
            }
        }

        hashes = read;
        return true;
    }

    /// <summary>One line for each hash.</summary>
    public static string Write(IEnumerable<MerkleHash> hashes) => string.Concat(hashes.Select(static h => $"{h}\n"));
}
