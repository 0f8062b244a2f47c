using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// A text with signatures (c2sp.org/signed-note v1.0.0): the text, an empty line, signature lines. The text may hold empty lines; it ends
/// at the last one. What is printed is byte for byte what was read.
/// </summary>
/// <param name="Text">With its final newline, which is signed; the empty line behind it is not.</param>
/// <param name="Signatures">At least one in a note that was read.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The longest note that is read, in bytes: room for many post-quantum signatures.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The most signatures that are read; the specification asks for at least 16.</summary>
    public const int MaxSignatures = 100;

    /// <summary>Signs a text.</summary>
    /// <param name="text">Ends in a newline.</param>
    /// <param name="signers">All of them sign: that is how a key is rotated.</param>
    /// <exception cref="ArgumentException">The text cannot be a note's.</exception>
    public static SignedNote Sign(string text, IEnumerable<ISigner> signers)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(signers);
        if (TextProblem(text) is { } problem)
        {
            throw new ArgumentException(problem, nameof(text));
        }

        return new SignedNote(text, [.. signers.Select(s => s.Sign(text))]);
    }

    /// <summary>Reads a note.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="note">The note; nothing of it is verified.</param>
    /// <param name="problem">Why it is no note, as a sentence.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out string? problem)
    {
        note = null;
        if (bytes.Length > MaxBytes)
        {
            problem = $"The note has {bytes.Length} bytes; at most {MaxBytes} are read.";
            return false;
        }

        if (!NoteText.TryRead(bytes, out var whole))
        {
            problem = "The note is not valid UTF-8.";
            return false;
        }

        var split = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == whole.Length)
        {
            problem = "The note has no empty line with signatures after it.";
            return false;
        }

        var text = whole[..(split + 1)];
        var signatures = NoteSignature.ParseLines(whole[(split + 2)..]);
        problem = TextProblem(text)
            ?? (signatures is null ? "A signature line of the note is malformed: it must be an em dash, a name and base64, and end in a newline."
            : signatures.Count > MaxSignatures ? $"The note has {signatures.Count} signatures; at most {MaxSignatures} are read."
            : null);
        if (problem is not null)
        {
            return false;
        }

        note = new SignedNote(text, signatures!);
        return true;
    }

    /// <summary>Checks the signatures of known keys; those of unknown keys count for nothing.</summary>
    /// <param name="known">Keys that are trusted.</param>
    public NoteVerification Verify(IEnumerable<VerifierKey> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var good = new List<VerifiedSignature>();
        var keys = known.Distinct().ToList();
        foreach (var signature in Signatures)
        {
            var claimed = keys.Where(signature.Claims).ToList();
            if (claimed.Count > 1)
            {
                return new NoteVerification.Refused($"Two trusted keys share the name and id of {claimed[0].Name}; remove one.");
            }

            if (claimed.Count == 0 || good.Any(g => g.Key.Equals(claimed[0])))
            {
                continue;
            }

            if (!claimed[0].Verify(Text, signature.Signature.Span, out var time))
            {
                return new NoteVerification.Refused($"The signature of {claimed[0].Name} ({claimed[0].Id:x8}) is wrong: the text or the signature was changed.");
            }

            good.Add(new VerifiedSignature(claimed[0], signature, time));
        }

        return good.Count > 0
            ? new NoteVerification.Verified(good)
            : new NoteVerification.Refused($"No signature of a trusted key. Signed by {string.Join(", ", Signatures.Select(static s => $"{s.Name} ({s.KeyId:x8})"))}.");
    }

    /// <summary>The same note with more signatures, those that it has already left out.</summary>
    public SignedNote With(IEnumerable<NoteSignature> more) => this with { Signatures = [.. Signatures.Concat(more).Distinct()] };

    /// <summary>The note's bytes.</summary>
    public byte[] ToBytes() => NoteText.Bytes(ToString());

    /// <inheritdoc/>
    public bool Equals(SignedNote? other) => other is not null && Text == other.Text && Signatures.SequenceEqual(other.Signatures);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Signatures.Count);

    /// <summary>The note.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(static s => $"{s}\n"))}";

    private static string? TextProblem(string text) =>
        !text.EndsWith('\n') ? "The text of the note does not end in a newline."
        : text.AsSpan().IndexOfAnyInRange('\0', '\t') >= 0 || text.AsSpan().IndexOfAnyInRange('\u000B', '\u001F') >= 0 ? "The text of the note has a control character."
        : null;
}
