using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// That a log only grew from a size to a signed checkpoint: <c>old N</c>, one base64 hash a line, an empty line, the checkpoint. This is the
/// body that a witness is sent (c2sp.org/tlog-witness, add-checkpoint), and the file that an auditor gets beside an older checkpoint.
/// </summary>
/// <param name="OldSize">Leaves of the older tree.</param>
/// <param name="Path">The proof, at most 63 hashes; none from size 0.</param>
/// <param name="Checkpoint">The newer one, verbatim.</param>
public sealed record ConsistencyFile(long OldSize, IReadOnlyList<MerkleHash> Path, SignedCheckpoint Checkpoint)
{
    /// <summary>The proof with the numbers that it needs.</summary>
    public ConsistencyProof Proof => new(OldSize, Checkpoint.Checkpoint.Size, Path);

    /// <summary>Reads the text; nothing of it is verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ConsistencyFile? file, [NotNullWhen(false)] out string? problem)
    {
        file = null;
        if (!ProofLines.TrySplit(bytes, out var head, out var rest)
            || !head[0].StartsWith("old ", StringComparison.Ordinal) || !StrictDecimal.TryParse(head[0].AsSpan(4), out var oldSize))
        {
            problem = "A consistency proof begins with the line 'old N', then one base64 hash a line, an empty line and a checkpoint.";
            return false;
        }

        if (!ProofLines.TryRead(head.AsSpan(1), ProofLines.MaxHashes, out var path))
        {
            problem = $"A hash of the consistency proof is not the base64 of 32 bytes, or there are more than {ProofLines.MaxHashes}.";
            return false;
        }

        if (!SignedCheckpoint.TryParse(rest, out var checkpoint, out problem))
        {
            return false;
        }

        file = new ConsistencyFile(oldSize, path, checkpoint);
        return true;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => NoteText.Bytes(ToString());

    /// <summary>The file.</summary>
    public override string ToString() => $"old {OldSize.ToString(CultureInfo.InvariantCulture)}\n{ProofLines.Write(Path)}\n{Checkpoint}";
}
