using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// That a list of leaves is all the leaves of a range of a signed tree (<see cref="RangeProof"/>), in the shape of a tlog-proof:
/// <c>opsconsole/range-proof@v1</c>, <c>range START END</c> (END excluded), one base64 hash a line from left to right, an empty line, the
/// checkpoint. No C2SP text has such a file; docs/audit-trail.md describes this one.
/// </summary>
/// <param name="Start">First leaf.</param>
/// <param name="End">Behind the last leaf.</param>
/// <param name="Hashes">Roots of the largest subtrees outside of the range, from left to right.</param>
/// <param name="Checkpoint">With its signatures, verbatim.</param>
public sealed record RangeFile(long Start, long End, IReadOnlyList<MerkleHash> Hashes, SignedCheckpoint Checkpoint)
{
    private const string FirstLine = "opsconsole/range-proof@v1";

    /// <summary>The proof with the numbers that it needs.</summary>
    public RangeProof Proof => new(Start, End, Checkpoint.Checkpoint.Size, Hashes);

    /// <summary>Reads the text; nothing of it is verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RangeFile? file, [NotNullWhen(false)] out string? problem)
    {
        file = null;
        problem = $"A range proof begins with the lines '{FirstLine}' and 'range START END', then one base64 hash a line, an empty line and a checkpoint.";
        if (!ProofLines.TrySplit(bytes, out var head, out var rest) || head.Length < 2 || head[0] != FirstLine)
        {
            return false;
        }

        var numbers = head[1].Split(' ');
        if (numbers.Length != 3 || numbers[0] != "range" || !StrictDecimal.TryParse(numbers[1], out var start)
            || !StrictDecimal.TryParse(numbers[2], out var end) || end < start)
        {
            return false;
        }

        // A path on either side.
        if (!ProofLines.TryRead(head.AsSpan(2), 2 * ProofLines.MaxHashes, out var hashes))
        {
            problem = $"A hash of the range proof is not the base64 of 32 bytes, or there are more than {2 * ProofLines.MaxHashes}.";
            return false;
        }

        if (!SignedCheckpoint.TryParse(rest, out var checkpoint, out problem))
        {
            return false;
        }

        file = new RangeFile(start, end, hashes, checkpoint);
        return true;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => NoteText.Bytes(ToString());

    /// <summary>The file.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FirstLine}\nrange {Start} {End}\n{ProofLines.Write(Hashes)}\n{Checkpoint}");
}
