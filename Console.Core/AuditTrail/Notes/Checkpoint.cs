using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// The state of a log, as it signs it (c2sp.org/tlog-checkpoint v1.0.0): three lines, and nothing else in those that the console makes.
/// Time belongs to the witnesses' cosignatures.
/// </summary>
/// <param name="Origin">Who the log is: the name of its key, an address without scheme.</param>
/// <param name="Size">Leaves.</param>
/// <param name="Root">Root of the tree of RFC 6962.</param>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root)
{
    /// <summary>Further lines of other logs' checkpoints. Signed, never interpreted.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Reads the text of a note as a checkpoint.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        checkpoint = null;
        var lines = text.EndsWith('\n') ? text[..^1].Split('\n') : [];
        if (lines.Length < 3 || lines.Any(static l => l.Length == 0))
        {
            problem = "A checkpoint has three lines (origin, size, root hash), none of them empty.";
            return false;
        }

        if (!StrictDecimal.TryParse(lines[1], out var size))
        {
            problem = $"The size of the checkpoint, '{lines[1]}', is not a decimal number without leading zeros.";
            return false;
        }

        if (!MerkleHash.TryParse(lines[2], out var root))
        {
            problem = $"The root hash of the checkpoint, '{lines[2]}', is not the base64 of 32 bytes.";
            return false;
        }

        problem = null;
        checkpoint = new Checkpoint(lines[0], size, root) { Extensions = lines[3..] };
        return true;
    }

    /// <summary>Signs it.</summary>
    /// <param name="signers">All of them sign: old and new key together when a key is rotated.</param>
    public SignedCheckpoint Sign(params IEnumerable<ISigner> signers) => new(this, SignedNote.Sign(ToText(), signers));

    /// <summary>The text that is signed.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n") + string.Concat(Extensions.Select(static e => $"{e}\n"));

    /// <inheritdoc/>
    public bool Equals(Checkpoint? other) =>
        other is not null && Origin == other.Origin && Size == other.Size && Root == other.Root && Extensions.SequenceEqual(other.Extensions, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Origin, Size, Root);
}
