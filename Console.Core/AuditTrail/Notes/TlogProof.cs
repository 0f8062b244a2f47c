using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// The file that proves one event to somebody who trusts nobody here (c2sp.org/tlog-proof@v1, extension <c>.tlog-proof</c>): the leaf's
/// index, its audit path, and the signed checkpoint. The leaf's bytes come from elsewhere.
/// </summary>
/// <param name="Index">Of the leaf, from 0.</param>
/// <param name="Path">The leaf's sibling first.</param>
/// <param name="Checkpoint">With its signatures, verbatim.</param>
public sealed record TlogProof(long Index, IReadOnlyList<MerkleHash> Path, SignedCheckpoint Checkpoint)
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";

    /// <summary>Opaque bytes beside the proof; nothing vouches for them. Null without the line.</summary>
    public byte[]? Extra { get; init; }

    /// <summary>The path with the numbers that it needs.</summary>
    public InclusionProof Inclusion => new(Index, Checkpoint.Checkpoint.Size, Path);

    /// <summary>Reads a proof; nothing of it is verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TlogProof? proof, [NotNullWhen(false)] out string? problem)
    {
        proof = null;
        problem = $"A proof begins with the lines '{FirstLine}' and 'index N', then one base64 hash a line, an empty line and a checkpoint.";
        if (!ProofLines.TrySplit(bytes, out var head, out var rest) || head.Length < 2 || head[0] != FirstLine)
        {
            return false;
        }

        byte[]? extra = null;
        var at = 1;
        if (head[at].StartsWith("extra ", StringComparison.Ordinal))
        {
            if (!StrictBase64.TryDecode(head[at].AsSpan(6), out extra))
            {
                problem = "The 'extra' line of the proof is not base64.";
                return false;
            }

            at++;
        }

        if (at >= head.Length || !head[at].StartsWith("index ", StringComparison.Ordinal) || !StrictDecimal.TryParse(head[at].AsSpan(6), out var index))
        {
            return false;
        }

        if (!ProofLines.TryRead(head.AsSpan(at + 1), ProofLines.MaxHashes, out var path))
        {
            problem = $"A hash of the proof is not the base64 of 32 bytes, or there are more than {ProofLines.MaxHashes}.";
            return false;
        }

        if (!SignedCheckpoint.TryParse(rest, out var checkpoint, out problem))
        {
            return false;
        }

        proof = new TlogProof(index, path, checkpoint) { Extra = extra };
        return true;
    }

    /// <summary>Checks everything: the log's signature, the witnesses' quorum, and that the leaf is in the tree at its place.</summary>
    /// <param name="leaf">The leaf's bytes.</param>
    /// <param name="policy">Who is trusted.</param>
    public ProofVerdict Verify(ReadOnlySpan<byte> leaf, WitnessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var trust = policy.Judge(Checkpoint);
        if (trust is ProofVerdict.Trusted && !Inclusion.Verify(TreeHasher.Leaf(leaf), Checkpoint.Checkpoint.Root))
        {
            return new ProofVerdict.Refused(
                $"The leaf is not entry {Index.ToString(CultureInfo.InvariantCulture)} of the tree of {Checkpoint.Checkpoint.Size.ToString(CultureInfo.InvariantCulture)} entries that {Checkpoint.Checkpoint.Origin} signed: the leaf, its index or the proof was changed.");
        }

        return trust;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => NoteText.Bytes(ToString());

    /// <summary>The file.</summary>
    public override string ToString() =>
        $"{FirstLine}\n{(Extra is null ? "" : $"extra {Convert.ToBase64String(Extra)}\n")}index {Index.ToString(CultureInfo.InvariantCulture)}\n{ProofLines.Write(Path)}\n{Checkpoint}";
}
